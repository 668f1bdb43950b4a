"""New, lost, renamed and retyped columns are named; nothing is guessed."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from etl.changes.lost_columns import EarlierTables
from etl.declarations.declarations import Context
from etl.intake.lake import verdict_path
from etl.intake.receipts import append
from etl.intake.submissions import Reporters
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, record
from warehouse.files.home import Home

Row = list[Cell]


def judge(tmp_path: Path, context: Context, header: Row, *rows: Row) -> SheetVerdict:
    path = book(tmp_path / "a.xlsx", {"台账": [*([t] for t in TITLES), header, *rows]})
    (table,) = judge_workbook(path, context).sheets
    return table


def changes(table: SheetVerdict) -> list[tuple[str, str, str]]:
    return [(c["kind"], c["column"], c["field"]) for c in table.changes]


def renamed(**headers: str) -> Row:
    return [headers.get(field, name) for name, field in HEADERS.items()]


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        ("fine_wan", "罚款额数(万元)", "罚款"),
        ("sector_code", "行业领域类", "行业领域"),
        ("inspection_kind_code", "检查类", "检查类别"),
        ("territory_id", "属地街镇", "属地镇街"),
    ],
)
def test_a_renamed_header_is_suggested_and_not_taken(
    tmp_path: Path, context: Context, field: str, written: str, meant: str
) -> None:
    table = judge(tmp_path, context, renamed(**{field: written}), record())
    assert field not in table.columns
    assert ("renamed", field) in [(c["kind"], c["field"]) for c in table.changes]
    assert f"表头“{written}”可能是“{meant}”，未采用" in table.notes


@pytest.mark.parametrize("header", ["办理意见", "去年同期/罚款", "序号", "企业法人电话"])
def test_a_strange_header_is_not_likened(tmp_path: Path, context: Context, header: str) -> None:
    table = judge(tmp_path, context, [*HEADERS, header], [*record(), None])
    assert "renamed" not in {kind for kind, _, _ in changes(table)}


def test_new_lost_and_doubled(tmp_path: Path, context: Context) -> None:
    header: Row = [*list(HEADERS)[1:], "罚款(万元)", "办理人意见"]
    table = judge(tmp_path, context, header, [*record()[1:], None, "同意"])
    found = changes(table)
    assert ("new", "M", "") in found
    assert ("doubled", "G", "") in found
    assert ("lost", "", "record_no") in found
    reasons = [c["reason"] for c in table.changes if c["field"] == "record_no"]
    assert reasons == ["缺少必填列“检查编号”，数据行全部退回"]
    assert ("lost", "", "case_no") in found


def test_a_column_of_another_kind(tmp_path: Path, context: Context) -> None:
    rows = [record(record_no=str(n), general_hazard_count="已整改") for n in range(5)]
    table = judge(tmp_path, context, list(HEADERS), *rows, record(general_hazard_count=3))
    assert [c for c in changes(table) if c[0] == "retyped"] == [
        ("retyped", "L", "general_hazard_count")
    ]
    assert "“一般隐患(项)”一列 6 个值有 5 个不能识别，可能换了格式或错了列" in table.notes
    few = judge(tmp_path, context, list(HEADERS), *rows[:2], record())
    assert "retyped" not in {kind for kind, _, _ in changes(few)}


def test_a_column_gone_since_the_last_time(tmp_path: Path, context: Context) -> None:
    home = Home(tmp_path, "demo")
    before = judge_workbook(
        book(tmp_path / "九月.xlsx", {"台账": [["填报单位：禾原街道"], [*HEADERS], record()]}),
        context,
    )
    draft: dict[str, Any] = {"kind": "submit", "actor": "", "load_id": "", "name": "九月.xlsx"}
    append(home, [{**draft, "sha256": before.sha256}])
    before.write(tmp_path / "out")
    path = verdict_path(home, before.sha256, "旧")
    path.parent.mkdir(parents=True)
    (tmp_path / "out/verdict.json").rename(path)
    header, cells = list(HEADERS), record()
    for name in ("是否处罚单位", "行业领域"):
        place = header.index(name)
        del header[place], cells[place]
    now = judge(tmp_path, context, list(header), cells).document()
    told = EarlierTables(home, "新", Reporters({}, {})).gone(now, "heyuan")
    assert [(c.kind, c.field) for c in told] == [
        ("gone", "is_unit_penalised"),
        ("gone", "sector_code"),
    ]
    assert told[0].reason.startswith("上次报送“九月.xlsx”有“是否处罚单位”一列，这次没有")
    assert "涉及" in told[1].reason
    assert asdict(told[0])["kind"] == "gone"
    assert EarlierTables(home, "新", Reporters({}, {})).gone(now, "dongsha") == []
