"""数据报送: its states, what it draws of a finished look, and whom it is for."""

from __future__ import annotations

import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.declarations.csv_rows import read_rows
from pages.ui.intake.rejected_rows import FORMS_ZH
from tests.pages.screen import address, blocks, open_page, text
from warehouse.files import append_only, jobs
from warehouse.files.home import DEFAULT_PROFILE, REPOSITORY, Home

PAGE = "pages/staff/submission.py"
JOB = "20261121T000000Z-abcdef"
HOSTILE = '<img src=x onerror="alert(1)">'
REJECT = {
    "row": 17, "column": "C", "field": "x", "field_zh": "整改期限", "value": "3月底前",
    "code": "bad_date", "reason": "“3月底前”不是日期。写成 2026-03-31",
    "why": "“3月底前”不是日期", "fix": "写成 2026-03-31",
}  # fmt: skip
SHEET = {
    "sheet": "重大隐患", "dataset": "hazard", "dataset_zh": "重大事故隐患台账", "unit_zh": "某镇",
    "period": ["2026-10-01", "2026-10-31"], "as_of": "2026-10-31", "rows": 12, "loaded": 8,
    "rejected": 1, "skipped": 3, "skipped_zh": ["标题 1", "表头 2"], "rejects": [REJECT],
    "mapping": [{"field": "x", "name_zh": "整改期限", "column": "C", "header": "整改时限"}],
    "missing_zh": ["备注"], "extra_columns": [{"column": "Z", "header": "多余"}], "notes": [],
    "template": "v2025",
}  # fmt: skip
FIGURE = {
    "span_kind": "ytd", "span_month": "2026-10-01", "name_zh": "某数", "direction": "down",
    "before": "11 人", "after": "12 人", "change": 1.0, "changed": True,
}  # fmt: skip
EFFECTS: dict[str, Any] = {
    "figures": [FIGURE], "replaced": [], "withdrawn": [], "withdrawn_count": 0, "lost_lives": 0,
    "restored_count": 0, "if_accepted": False,
}  # fmt: skip
GONE = {"subject_zh": "甲事故", "detail_zh": "死亡1人、重伤0人", "event_date": "2026-05-17",
        "file_name": "旧.xlsx", "row_number": 9, "lost_life_count": 1}  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home without anything."""
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path))
    return Home(tmp_path, DEFAULT_PROFILE)


def entry(**more: Any) -> dict[str, Any]:
    told = {"name": "十月隐患.xlsx", "status": "loaded_with_rejects", "reason": ""}
    return {**told, "sheets": [SHEET], **more}


def put_job(
    home: Home,
    files: list[dict[str, Any]],
    words: tuple[str, ...] = ("preview",),
    actor: str = "张三",
    options: dict[str, Any] | None = None,
    **effects: Any,
) -> AppTest:
    """The page on a job that has ended with this report."""
    folder = home.folder / "jobs" / JOB
    folder.mkdir(parents=True)
    about = [{"name": one["name"], "sha256": "0" * 64, "size": 1} for one in files]
    command = {"words": words, "actor": actor, "started_at": "2026-11-21T00:00:00+00:00",
               "pid": os.getpid(), "about": {"files": about, "options": options or {}}}  # fmt: skip
    (folder / "command.json").write_text(json.dumps(command), encoding="utf-8")
    document = {"files": files, "stops": [], "effects": {**EFFECTS, **effects}, "build_id": 2}
    line = {"kind": "result", "code": 0, "document": document, "text": ""}
    (folder / "progress.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    app = open_page(PAGE, job=JOB)
    assert not app.exception
    return app


def labels(app: AppTest) -> dict[str, bool]:
    """Buttons of the page, and whether each may be pressed."""
    return {button.label: not button.disabled for button in app.button}


def test_an_empty_home_offers_the_upload_and_says_what_comes(empty: Home) -> None:
    app = open_page(PAGE)
    assert not app.exception
    said = "".join(map(text, blocks(app).values()))
    assert "还没有数据" in said and "还没有报送" in said
    assert labels(app)["预览"] is False
    assert not (empty.folder / "jobs").exists()


@pytest.mark.usefixtures("home")
def test_the_history_names_the_batch_and_opens_it() -> None:
    app = open_page(PAGE)
    drawn = blocks(app)["history"]
    assert "报送历史 1 批" in text(drawn) and "60 份" in text(drawn)
    load_id = drawn.split('data-act="batch:')[1].split('"')[0]
    opened = open_page(PAGE, batch=load_id)
    assert "指纹" in blocks(opened)["batch_detail"]
    assert labels(opened)["撤销这一批（60 份）"]


def test_a_look_shows_recognition_mapping_reject_and_figures(empty: Home) -> None:
    app = put_job(empty, [entry()])
    said = text(blocks(app)["intake_told"] + blocks(app)["intake_result"])
    for words in ("可入库 8 行，退回 1 行", "重大事故隐患台账", "8＋1＋3＝12 ✓", "重大隐患　C17",
                  "3月底前", "写成 2026-03-31", "整改时限", "11 人", "▲ 12 人"):  # fmt: skip
        assert words in said
    assert labels(app)["确认入库"] and labels(app)["放弃"]


def test_deaths_of_rows_handed_back_are_named(empty: Home) -> None:
    sheet = {**SHEET, "readable": {"returned_death_count": 2, "death_count": 9}}
    said = text(blocks(put_job(empty, [entry(sheets=[sheet])]))["intake_told"])
    assert "退回 1 行（死亡 2 人）" in said


def test_a_stated_total_that_does_not_fit_is_shown(empty: Home) -> None:
    sheet = {**SHEET, "totals": [{"reason": "第 9 行合计写 12，逐行相加为 11"}]}
    said = text(blocks(put_job(empty, [entry(sheets=[sheet])]))["intake_result"])
    assert "合计对不上 1 处" in said and "逐行相加为 11" in said


def test_lost_lives_need_a_written_reason(empty: Home) -> None:
    held = entry(status="held", reason="重报不缩水：死亡由 2 人变为 1 人")
    app = put_job(empty, [held], if_accepted=True, withdrawn=[GONE], withdrawn_count=1,
                  lost_lives=1)  # fmt: skip
    said = text(blocks(app)["intake_result"])
    assert "撤回的行里有死亡 1 人" in said and "甲事故" in said
    assert labels(app)["确认少行，入库"] is False
    app.text_input[0].set_value("经核实已核销").run()
    assert labels(app)["确认少行，入库"] is True


def test_what_the_workbook_does_not_say_is_asked(empty: Home) -> None:
    doubt = [{"sheet": "Sheet1", "dataset": d, "name_zh": d} for d in ("incident", "hazard")]
    files = [
        entry(status="refused", reason="没有写明填报单位", sheets=[], asks="unit"),
        entry(status="refused", reason="像两种报表", sheets=[], candidates=doubt),
    ]
    app = put_job(empty, files)
    asked = [box.label for box in app.selectbox]
    assert any("哪个单位" in label for label in asked)
    assert any("“Sheet1”像几种报表" in label for label in asked)
    assert "确认入库" not in labels(app)


def test_what_a_column_is_is_asked_and_answered_by_a_choice(empty: Home) -> None:
    column = {"sheet": "台账", "dataset": "enforcement", "column": "F", "header": "处罚情况",
              "answer": "is_unit_penalised", "name_zh": "是否处罚单位",
              "samples": "警告"}  # fmt: skip
    refused = entry(status="refused", reason="没有认出", sheets=[])
    asked = {**refused, "candidates": [column], "asks": "column"}
    app = put_job(empty, [asked])
    (box,) = [one for one in app.selectbox if "“处罚情况”" in one.label]
    assert list(box.options) == ["是否处罚单位", "都不是，不采用这一列"]
    assert labels(app)["按此再看"] is False
    box.select_index(0).run()
    assert labels(app)["按此再看"] is True
    assert not any("像几种报表" in one.label for one in app.selectbox)


def test_what_waits_for_an_answer_stands_on_the_page(empty: Home) -> None:
    asking = {"seq": 1, "kind": "ask", "at": "2026-11-21T00:00:00Z", "actor": "张三",
              "load_id": "L", "sha256": "ab" * 32, "name": "十月.xlsx", "reason": "有列没有认出",
              "read": []}  # fmt: skip
    empty.folder.mkdir(parents=True, exist_ok=True)
    append_only.append(empty.receipts, [asking])
    app = open_page(PAGE)
    assert not app.exception
    assert "1 份待回答" in text(blocks(app)["asked"])
    assert labels(app)["回答 十月.xlsx"] and labels(app)["退回 十月.xlsx"]


def test_names_and_cells_are_data(empty: Home) -> None:
    bad = {**REJECT, "value": HOSTILE, "why": HOSTILE}
    sheet = {**SHEET, "sheet": HOSTILE, "rejects": [bad], "unit_zh": HOSTILE}
    app = put_job(empty, [entry(name=HOSTILE, reason=HOSTILE, sheets=[sheet])],
                  withdrawn=[{**GONE, "subject_zh": HOSTILE}], withdrawn_count=1)  # fmt: skip
    for markup in blocks(app).values():
        assert "<img" not in markup


@pytest.mark.parametrize("state", [jobs.FAILED, jobs.CANCELLED, jobs.DIED])
def test_an_unhappy_end_says_that_the_figures_stand(empty: Home, state: str) -> None:
    put_job(empty, [entry()])
    folder = empty.folder / "jobs" / JOB
    told = '{"kind": "error", "words": "王主任正在导入（11月21日 23:27 开始），请稍后再试"}\n'
    (folder / "progress.jsonl").write_text(told if state == jobs.FAILED else "", encoding="utf-8")
    command = json.loads((folder / "command.json").read_text(encoding="utf-8")) | {"pid": 2**22 + 1}
    (folder / "command.json").write_text(json.dumps(command), encoding="utf-8")
    if state == jobs.CANCELLED:
        (folder / "cancelled.json").write_text("{}", encoding="utf-8")
    app = open_page(PAGE, job=JOB)
    said = text(blocks(app)["ended"])
    assert "现有数据未变" in said
    assert ("王主任正在导入" in said) == (state == jobs.FAILED)
    assert labels(app)["放弃"]


@pytest.mark.parametrize("words", [("undo", JOB, "--preview"), ("undo", JOB)])
def test_taking_back_shows_what_changes(empty: Home, words: tuple[str, ...]) -> None:
    app = put_job(empty, [], words)
    said = text(blocks(app)["intake_result"])
    assert "▲ 12 人" in said
    assert ("确认撤销" in labels(app)) == ("--preview" in words)


def test_an_adoption_is_listed_and_can_be_taken_back(
    empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = {"seq": 3, "kind": "submit", "sha256": "a" * 64, "name": "半年.xlsx", "load_id": JOB,
            "at": "2026-11-21T00:00:00Z", "actor": "张三", "mode": "", "as_of": ""}  # fmt: skip
    empty.receipts.parent.mkdir(parents=True, exist_ok=True)
    append_only.append(empty.receipts, [sent])
    empty.decisions.mkdir(parents=True)
    head, row = "receipt_seq,after_seq,verdict,who,decided_at,why", "3,5,adopt,李四"
    told = f"{head}\n{row},2026-11-22T01:00:00Z,上半年改过\n"
    (empty.decisions / "adopted.csv").write_text(told, encoding="utf-8")
    app = open_page(PAGE)
    said = text(blocks(app)["adopted"])
    assert "采用此表 1 份" in said and "半年.xlsx" in said
    assert "李四" in said and "上半年改过" in said
    started: list[list[str]] = []

    def start(_home: Home, words: list[str], *_: Any) -> None:
        started.append(words)
        raise jobs.TooMany("稍后再试")

    monkeypatch.setattr(jobs, "start", start)
    app.button(key="take_back_3").click().run()
    assert started == [["decide", "adopt", "3", "--undo", "--preview"]], "looked at first"


def test_a_start_of_duties_is_looked_at_first(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assert home.current.exists()
    started: list[list[str]] = []

    def start(_home: Home, words: list[str], *_: Any) -> None:
        started.append(words)
        raise jobs.TooMany("稍后再试")

    monkeypatch.setattr(jobs, "start", start)
    app = open_page(PAGE)
    app.selectbox(key="start_kind").set_value("hazard").run()
    app.selectbox(key="start_unit").set_value("qiaoling").run()
    app.selectbox(key="start_month").set_value(date(2026, 8, 1)).run()
    app.button(key="look_at_start").click().run()
    assert not app.exception
    assert started == [["decide", "start", "hazard", "2026-08", "qiaoling", "--preview"]]


@pytest.mark.parametrize(("options", "said"), [
    ({"does": "撤回采用", "names": ["半年.xlsx"]}, "如果撤回采用半年.xlsx"),
    ({"does": "采用", "names": ["半年.xlsx"]}, "如果采用半年.xlsx"),
])  # fmt: skip
def test_a_looked_at_adoption_asks_for_a_reason(
    empty: Home, options: dict[str, Any], said: str
) -> None:
    app = put_job(empty, [], ("decide", "adopt", "3", "--preview"), options=options)
    assert said in text(blocks(app)["intake_told"])
    assert f"确认{options['does']}" in labels(app)


def test_each_window_keeps_its_own_hand_in(empty: Home) -> None:
    """Another window's look is offered by name, never put in this one's place."""
    put_job(empty, [entry()], actor="本机用户")
    other = open_page(PAGE)
    assert labels(other) == {"预览": False, "接着看": True}
    assert "十月隐患.xlsx" in text(blocks(other)["left_open"])
    other.button(key=f"go_on_{JOB}").click().run()
    assert labels(other)["确认入库"]
    assert address(other)["job"] == JOB


def test_a_window_that_comes_back_finds_its_look(empty: Home) -> None:
    app = put_job(empty, [entry()])
    app.query_params.clear()
    app.run()
    assert labels(app)["确认入库"]


def test_what_another_window_has_dealt_with_is_not_done_twice(
    empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = put_job(empty, [entry()])
    (empty.folder / "jobs" / JOB / "closed.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(jobs, "start", lambda *_: pytest.fail("started twice"))
    next(button for button in app.button if button.label == "确认入库").click().run()
    assert not app.exception
    assert "已在别的窗口" in text(blocks(app)["intake_message"])


def test_giving_up_forgets_the_look(empty: Home) -> None:
    app = put_job(empty, [entry()])
    next(button for button in app.button if button.label == "放弃").click().run()
    assert (empty.folder / "jobs" / JOB / "closed.json").exists()
    assert labels(app)["预览"] is False


def test_every_form_is_named_in_chinese_or_by_its_year() -> None:
    lists = (REPOSITORY / "etl" / "sources").glob("*/headers.csv")
    forms = {row["template"] for path in lists for row in read_rows(path)}
    shown = {FORMS_ZH.get(form, form) for form in forms}
    assert len(forms) > 3
    assert [name for name in shown if not re.fullmatch(r"v\d{4}|[\u4e00-\u9fff]+", name)] == []
