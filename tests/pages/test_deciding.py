"""判定疑似重复 on 数据质量: two rows side by side, each verdict a look first, who may decide."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.access import access
from reports.source import records
from tests.pages.screen import APP, TIMEOUT, blocks, open_page, text
from tests.pages.test_submission import EFFECTS, FIGURE, labels
from warehouse import queries
from warehouse.accounts import log, passwords, sessions, users
from warehouse.files import jobs
from warehouse.files.decisions import Decision
from warehouse.files.home import Home
from warehouse.versions import versions

PAGE = "pages/staff/quality.py"
JOB = "20261122T000000Z-abcdef"
HOSTILE = '<img src=x onerror="alert(1)">'
WORD = "晾晒-2026-十月"
MERGED = {"subject_zh": "某厂", "detail_zh": "阀门失效", "event_date": "2026-03-13",
          "file_name": "甲.xlsx", "row_number": 9, "lost_life_count": 0}  # fmt: skip


@pytest.fixture
def office(sample_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The sample's figures, with jobs, decisions and accounts of its own."""
    made = Home(tmp_path, "demo")
    made.folder.mkdir()
    shutil.copy(sample_home / "demo" / "CURRENT", made.folder)
    made.builds.symlink_to(sample_home / "demo" / "builds")
    monkeypatch.setenv("LIANGSHAI_HOME", str(tmp_path))
    return made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str]]:
    """Words and actor of every job that would have been started."""
    seen: list[tuple[list[str], str]] = []

    def start(_: Home, words: list[str], actor: str, about: Any) -> Any:
        assert about["told"]
        seen.append((words, actor))
        raise jobs.TooMany("正在进行的已经够多")

    monkeypatch.setattr(jobs, "start", start)
    return seen


def doubted(home: Home) -> dict[str, Any]:
    """The doubted pair of the sample."""
    return dict(queries.run("duplicate_suspicions", home=home).iloc[0])


def opened(home: Home, **query: str) -> AppTest:
    """The page on the doubted pair, or on what is named."""
    pair = doubted(home)
    address = query or {"pair": f"{pair['left_row_id']}~{pair['right_row_id']}"}
    app = open_page(PAGE, **address)
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def put_job(home: Home, *words: str, **document: Any) -> AppTest:
    """The page on a job about the doubted pair that has ended with this report."""
    folder = home.folder / "jobs" / JOB
    folder.mkdir(parents=True)
    pair = doubted(home)
    about = {
        "pair": f"{pair['left_row_id']}~{pair['right_row_id']}",
        "told": "判为同一项：甲、乙",
    }
    command = {"words": ["decide", "duplicate", "a", "b", *words], "actor": "张三",
               "started_at": "2026-11-22T00:00:00+00:00", "pid": os.getpid(),
               "about": about}  # fmt: skip
    (folder / "command.json").write_text(json.dumps(command), encoding="utf-8")
    told = {"stops": [], "build_id": 2, "effects": {**EFFECTS, "figures": [FIGURE]}, **document}
    line = {"kind": "result", "code": 0, "document": told, "text": ""}
    (folder / "progress.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    return opened(home, job=JOB)


def write(home: Home, *decisions: Decision) -> None:
    """The file as the command leaves it."""
    home.decisions.mkdir(parents=True)
    with (home.decisions / "duplicates.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(field.name for field in fields(Decision))
        writer.writerows(map(astuple, decisions))


def decision(home: Home, verdict: str = "distinct", why: str = "两处不同的隐患") -> Decision:
    pair = doubted(home)
    rows = (pair["left_identity"], pair["right_identity"])
    return Decision(*rows, verdict, "李四", "2026-11-20T01:30:00Z", why)


def publish(home: Home, one: Decision) -> None:
    """The served file as a build with this decision leaves it."""
    with duckdb.connect(str(versions.served_file(home))) as connection:
        pair = [one.kept, one.dropped]
        known = [*pair, *pair, one.verdict, one.decided_at]
        connection.execute(
            "insert into marts.duplicate_decision (kept_identity, dropped_identity,"
            " kept_now_identity, dropped_now_identity, verdict, decided_at, is_applied)"
            " values (?, ?, ?, ?, ?, ?, true)",
            known,
        )


def test_the_two_rows_stand_side_by_side_and_what_differs_is_marked(office: Home) -> None:
    pair, html = doubted(office), blocks(opened(office))["pair_compared"]
    ids = [pair["left_row_id"], pair["right_row_id"]]
    one, other = records(
        queries.run(f"{pair['dataset']}_rows", home=office, row_ids=ids).drop(columns="row_id")
    )
    differing = [name for name in one if one[name] != other[name]]
    marked = re.findall(r'<tr class="differs"><td class="mark"><b[^>]*>≠</b></td>(.*?)</tr>', html)
    assert [text(row.split("</td>")[0]) for row in marked] == differing
    assert f"{len(differing)} 栏不同" in text(html)
    for side in ("left", "right"):
        place = (pair[f"{side}_file_name"], pair[f"{side}_sheet_name"], pair[f"{side}_row_number"])
        assert "{}　{}　第 {} 行".format(*place) in text(html)


@pytest.mark.parametrize(
    ("label", "order", "more"),
    [
        ("同一项，保留左边一行", ("left", "right"), []),
        ("同一项，保留右边一行", ("right", "left"), []),
        ("是两项，都计入", ("left", "right"), ["--distinct"]),
    ],
)
def test_a_verdict_only_looks(
    office: Home, started: list[Any], label: str, order: tuple[str, str], more: list[str]
) -> None:
    pair, app = doubted(office), press(opened(office), label)
    rows = [pair[f"{side}_row_id"] for side in order]
    assert started == [(["decide", "duplicate", *rows, *more, "--preview"], "本机用户")]
    assert "正在进行的已经够多" in text(blocks(app)["pair_message"])
    assert not office.decisions.exists()


def test_figures_first_then_a_reason_then_the_decision(office: Home, started: list[Any]) -> None:
    app = put_job(office, "--preview", effects={**EFFECTS, "figures": [FIGURE], "merged": [MERGED]})
    said = text("".join(blocks(app).values()))
    for words in (
        "如果判为同一项：甲、乙",
        "这是试算",
        "11 人",
        "▲ 12 人",
        "并入的 1 行",
        "某厂",
    ):
        assert words in said
    assert labels(app)["确认判定"] is False
    app.text_input[0].set_value(" 同一处，=HYPERLINK() ").run()
    press(app, "确认判定")
    confirmed = ["decide", "duplicate", "a", "b", "--why=同一处，=HYPERLINK()"]
    assert started == [(confirmed, "本机用户")]


def test_a_build_that_would_stop_cannot_be_confirmed(office: Home) -> None:
    app = put_job(office, "--preview", stops=["入库行去向平衡：1 行没有去向"], effects=None)
    app.text_input[0].set_value("同一处").run()
    assert labels(app)["确认判定"] is False
    assert "没有判定，现有数据未变：入库行去向平衡" in text(blocks(app)["pair_told"])


def test_thinking_again_goes_back_to_the_pair(office: Home) -> None:
    app = press(put_job(office, "--preview"), "再想想")
    assert "是不是同一项隐患" in text(blocks(app)["pair_told"])
    app = press(app, "返回数据质量")
    assert "可能是同一件事的 1 对" in text(blocks(app)["quality"])
    assert not {"pair", "job"} & set(app.query_params)


def test_a_job_that_runs_is_found_again_and_can_be_left_alone(
    office: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs.Job, "state", jobs.RUNNING)
    put_job(office)
    app = open_page(PAGE)
    assert "是不是同一项隐患" not in "".join(blocks(app).values())
    command = office.folder / "jobs" / JOB / "command.json"
    mine = json.loads(command.read_text("utf-8")) | {"actor": "本机用户"}
    command.write_text(json.dumps(mine), encoding="utf-8")
    app.run()
    assert "正在判定" in text(blocks(app)["course"])
    app = press(app, "返回数据质量")
    assert "quality" in blocks(app)
    assert "course" not in blocks(opened(office)), "a window at a pair stays at its pair"


def test_a_pair_that_is_gone_says_so(office: Home) -> None:
    app = opened(office, pair="no~such")
    assert "这一对已不在清单里" in text(blocks(app)["pair_told"])
    assert list(labels(app)) == ["返回数据质量"]


def test_decisions_are_listed_with_who_when_why_and_can_be_taken_back(
    home_copy: Home, started: list[Any]
) -> None:
    made = decision(home_copy, why=f"两处{HOSTILE}")
    write(home_copy, made)
    publish(home_copy, made)
    html = blocks(open_page(PAGE))["quality"].split('class="panel decided"')[1]
    for words in ("已判定的疑似重复 1 对", "两项", "✓ 起作用", "李四", "2026-11-20 09:30", "两处"):
        assert words in text(html)
    assert "<img" not in html
    app = opened(home_copy, decided=made.mark)
    assert "李四" in text(blocks(app)["pair_told"])
    press(app, "撤销判定")
    assert started[0][0] == ["decide", "duplicate", made.kept, made.dropped, "--undo", "--preview"]


def test_a_decision_no_build_knows_of_is_said_to_wait(office: Home) -> None:
    write(office, decision(office, "duplicate"))
    said = text(blocks(open_page(PAGE))["quality"])
    assert "已判定的疑似重复 1 对" in said and "还没有计入" in said


@pytest.mark.parametrize("role", users.ROLES_ZH)
def test_only_who_may_hand_in_may_decide(
    office: Home, started: list[Any], role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(office, decision(office))
    app = signed_in(office, role, monkeypatch)
    said = text("".join(blocks(app).values()))
    may = role in access.page_roles()["数据报送"]
    assert ("同一项，保留左边一行" in labels(app)) == may == ("由填报、管理员判定" not in said)
    whole = text(blocks(press(app, "返回数据质量"))["quality"])
    assert ("两处不同的隐患" in whole) == may == ("李四" in whole)
    assert started == []


def test_a_right_lost_meanwhile_is_lost(
    office: Home, started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signed_in(office, "staff", monkeypatch)
    press(app, "是两项，都计入")
    assert [words[0] for words, _ in started] == ["decide"]
    noted = log.entries(office)[-1]
    assert (noted.action, noted.user_name) == ("preview", "the_staff")
    assert "判为两项隐患" in noted.target and "--distinct" in noted.target
    path = users.users_path(office)
    path.write_text(path.read_text("utf-8").replace("staff,,", "leader,,"), encoding="utf-8")
    press(app, "是两项，都计入")
    assert len(started) == 1
    assert log.entries(office)[-1].action == "denied"


def signed_in(home: Home, role: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The doubted pair as somebody of a role sees it."""
    monkeypatch.setattr(passwords, "COST", (2**14, 8, 1))
    users.add_user(home, f"the_{role}", [role], WORD)
    pair = doubted(home)
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT).switch_page(str(APP.parent / PAGE))
    app.session_state[access.TOKEN] = sessions.sign_in(home, f"the_{role}", WORD, "")
    app.query_params["pair"] = f"{pair['left_row_id']}~{pair['right_row_id']}"
    app.run()
    assert not app.exception
    return app


def test_cells_are_data(home_copy: Home) -> None:
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        for change in ("core.fct_hazard set hazard_text", "core.fct_hazard set responsible_leader",
                       "marts.duplicate_suspicion set left_case_zh",
                       "marts.duplicate_suspicion set right_file_name",
                       "core.dim_unit set name_zh"):  # fmt: skip
            connection.execute(f"update {change} = ?", [HOSTILE])
    listed = blocks(open_page(PAGE))["quality"]
    drawn = blocks(opened(home_copy))
    assert "&lt;img" in listed and "&lt;img" in drawn["pair_compared"]
    assert "<img" not in listed + "".join(drawn.values())


def test_corrections_are_listed_with_values_and_reason(home_copy: Home) -> None:
    row = [7, "set", "hazard", "x-1-8", "due_date", "整改期限", "2026-11-19", "f", "甲.xlsx",
           "2026年", 8, 3]  # fmt: skip
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        marks = ", ".join("?" * len(row))
        connection.execute(f"insert into core.fct_correction values ({marks})", row)
    assert "对原表的更正 1 条" in text(blocks(open_page(PAGE))["quality"])
    home_copy.decisions.mkdir(exist_ok=True)
    head = "correction_id,who,decided_at,why,from_value,to_value"
    line = f"7,王五,2026-11-19T02:00:00Z,来函更正,2026-03-01,{HOSTILE.replace(chr(34), '')}"
    path = home_copy.decisions / "corrections.csv"
    path.write_text(f"{head}\n{line}\n", encoding="utf-8")
    html = blocks(open_page(PAGE))["quality"].split('class="panel corrections"')[1]
    for words in ("整改期限", "2026-03-01", "甲.xlsx　2026年　第 8 行", "王五", "来函更正"):
        assert words in text(html)
    assert "<img" not in html
