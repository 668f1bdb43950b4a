"""A column that may decide whether or where a row counts is asked about, never passed over."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import Verdict
from etl.recognise.column_answers import parse_columns
from tests.unit.workbooks import HEADERS, TITLES, Cell, book, record

Row = list[Cell]
INCIDENT_TITLES: list[Row] = [["2026年1—10月生产安全事故台账"], ["填报单位：市应急局"]]
INCIDENT: Row = ["事故名称", "发生时间", "属地镇街", "行业分类", "事故类型", "死亡人数", "状态"]
CASE: Row = ["甲处事故", date(2026, 3, 5), "禾原街道", "建筑业", "坍塌", 0, "已结案"]


def incidents(tmp_path: Path, header: Row, *values: Cell) -> Path:
    rows = [[*CASE, value] for value in values]
    return book(tmp_path / "a.xlsx", {"台账": [*INCIDENT_TITLES, [*INCIDENT, *header], *rows]})


def inspections(tmp_path: Path, header: str, *values: Cell, without: str = "") -> Path:
    """An enforcement ledger with one more column, and without one of its own."""
    place = list(HEADERS.values()).index(without) if without else len(HEADERS)
    rows: list[Row] = [[*list(HEADERS), header]]
    rows += [[*record(record_no=f"JC-{n}"), value] for n, value in enumerate(values)]
    cut = [row[:place] + row[place + 1 :] if without else row for row in rows]
    return book(tmp_path / "a.xlsx", {"台账": [*([t] for t in TITLES), *cut]})


def asked(verdict: Verdict) -> list[tuple[str, str]]:
    return [(c["header"], c["answer"]) for c in verdict.candidates]


def test_seriously_injured_among_the_injured_are_asked_about(
    tmp_path: Path, context: Context
) -> None:
    injured = "受伤人数\n(合计, 其中：重伤)"
    path = incidents(tmp_path, [injured], "12，其中重伤10")
    verdict = judge_workbook(path, context)
    assert (verdict.status, verdict.reason_code) == ("refused", "unread_column")
    assert asked(verdict) == [("受伤人数(合计,其中：重伤)", "serious_injury_count")]
    assert "像“重伤人数”" in str(verdict.reason)
    (sheet,) = verdict.sheets
    assert sheet.readable["row_count"] == 1
    assert sheet.fields["serious_injury_count"]["situation"] == "unread"
    assert sheet.fields["loss_wan"]["situation"] == "absent"


@pytest.mark.parametrize(
    ("answer", "columns", "situation"),
    [
        ("is_unit_penalised", {"is_unit_penalised"}, "read"),
        ("-", set(), "absent"),
    ],
)
def test_an_answer_holds(
    tmp_path: Path, context: Context, answer: str, columns: set[str], situation: str
) -> None:
    path = inspections(tmp_path, "处罚情况", "是", "否", without="is_unit_penalised")
    assert asked(judge_workbook(path, context)) == [("处罚情况", "is_unit_penalised")]
    told = judge_workbook(path, context, columns={"处罚情况": answer})
    assert told.status == "judged"
    (sheet,) = told.sheets
    assert sheet.loaded == 2
    assert columns == {"is_unit_penalised"} & sheet.columns.keys()
    assert sheet.fields["is_unit_penalised"]["situation"] == situation
    assert judge_workbook(path, context, columns={"L列": answer}).status == "judged"


def test_places_are_known_by_themselves(tmp_path: Path, context: Context) -> None:
    unlike = dict.fromkeys(HEADERS)
    assert "片区" not in unlike
    titles: list[Row] = [["2026年1—10月行政执法检查台账"], ["填报单位：应急局"]]
    header = ["片区" if name == "属地镇街" else name for name in HEADERS]
    rows = [record(record_no=str(n), territory_id=t) for n, t in enumerate(["禾原街道", "东沙镇"])]
    path = book(tmp_path / "a.xlsx", {"台账": [*titles, header, *rows]})
    assert asked(judge_workbook(path, context)) == [("片区", "territory_id")]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("处罚依据", "安全生产法第九十六条"),
        ("处罚决定书送达日期", "2026-03-05"),
        ("去年同期处罚", "是"),
        ("处罚情况", None),
        ("天气", "晴"),
    ],
)
def test_what_says_something_else_is_left_out_and_rows_count(
    tmp_path: Path, context: Context, header: str, value: Cell
) -> None:
    path = inspections(tmp_path, header, value, without="is_unit_penalised")
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged"
    (sheet,) = verdict.sheets
    assert sheet.loaded == 1
    assert header in [column["header"] for column in sheet.extra_columns]
    assert sheet.fields["is_unit_penalised"]["situation"] == "absent"


def test_cells_at_fault_are_counted_by_field(tmp_path: Path, context: Context) -> None:
    rows = [record(record_no=str(n), is_unit_penalised=v) for n, v in enumerate("是好坏")]
    path = book(tmp_path / "a.xlsx", {"台账": [*([t] for t in TITLES), list(HEADERS), *rows]})
    (sheet,) = judge_workbook(path, context).sheets
    field = sheet.fields["is_unit_penalised"]
    assert (field["class"], field["is_deciding"], field["situation"]) == ("measure", True, "read")
    assert field["bad_count"] == 2


def test_words_of_the_command_line() -> None:
    fields = {"fine_wan": "罚款", "serious_injury_count": "重伤人数"}
    words = ["受伤/其中=重伤人数", "罚款=fine_wan:元", "处罚情况=-"]
    assert parse_columns(words, fields) == {
        "受伤/其中": "serious_injury_count",
        "罚款": "fine_wan:元",
        "处罚情况": "-",
    }
    with pytest.raises(ValueError, match="没有“罚没”这个字段"):
        parse_columns(["罚没=罚没"], fields)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        ((3000, 12000), [Decimal("0.3"), Decimal("1.2")]),
        ((3, "1.2"), [Decimal(3), Decimal("1.2")]),
        ((3, "3000元", 0), [Decimal(3), Decimal("0.3"), Decimal(0)]),
    ],
)
def test_a_bare_fine_is_read_by_its_amounts(
    tmp_path: Path, context: Context, amounts: tuple[Cell, ...], expected: list[Decimal]
) -> None:
    verdict = judge_workbook(bare_fines(tmp_path, *amounts), context)
    assert verdict.tables["enforcement"]["fine_wan"].to_pylist() == expected
    told = [note for note in verdict.sheets[0].notes if "按元计" in note]
    assert len(told) == (amounts[0] == 3000)


def test_fines_that_speak_for_both_units_are_asked_about(tmp_path: Path, context: Context) -> None:
    path = bare_fines(tmp_path, 5, 3000)
    assert asked(judge_workbook(path, context)) == [
        ("罚款", "fine_wan:元"),
        ("罚款", "fine_wan:万元"),
    ]
    for unit, expected in (("元", "0.0005"), ("万元", "5")):
        told = judge_workbook(path, context, columns={"罚款": f"fine_wan:{unit}"})
        assert told.tables["enforcement"]["fine_wan"].to_pylist()[0] == Decimal(expected)


def bare_fines(tmp_path: Path, *amounts: Cell) -> Path:
    rows = [record(record_no=f"JC-{n}", fine_wan=fine) for n, fine in enumerate(amounts)]
    header: Row = [name.replace("罚款(万元)", "罚款") for name in HEADERS]
    return book(tmp_path / "a.xlsx", {"台账": [*([t] for t in TITLES), header, *rows]})


def test_closed_before_it_was_found_is_said(tmp_path: Path, context: Context) -> None:
    titles: list[Row] = [["2026年1—10月重大事故隐患台账"], ["填报单位：禾原街道"]]
    header: Row = [
        *("隐患编号", "企业名称", "行业领域", "隐患级别", "发现渠道", "发现日期", "隐患描述"),
        *("整改期限", "整改进展", "验收日期"),
    ]
    row: Row = [
        *("YH-1", "示例甲有限公司", "工贸", "重大", "企业自查", date(2026, 10, 12), "未设护栏"),
        *(date(2026, 10, 30), "已销号", date(2026, 9, 30)),
    ]
    path = book(tmp_path / "a.xlsx", {"台账": [*titles, header, row]})
    (sheet,) = judge_workbook(path, context).sheets
    assert sheet.loaded == 1
    assert "第 4 行“验收日期”早于“发现日期”，共 1 行存疑，请核对日期" in sheet.notes
