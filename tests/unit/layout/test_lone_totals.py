"""Totals without the rows they add up: whose counts they are, and where they are none."""

from pathlib import Path

import pytest

from etl.declarations.declarations import Context
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict, Verdict
from tests.unit.workbooks import HEADERS, TITLES, Cell, book

HEADER: list[Cell] = ["统计月份", "单位", "指标名称", "数值"]
CASES, DEATHS = "生产安全事故起数", "生产安全事故死亡人数"


def judged(
    tmp_path: Path, context: Context, *rows: list[Cell], sender: str, merges: tuple[str, ...] = ()
) -> Verdict:
    titles: list[list[Cell]] = [["2026年1—3月上报汇总表"], [f"填报单位：{sender}"]]
    path = book(tmp_path / "a.xlsx", {"汇总": [*titles, HEADER, *rows]}, merges=merges)
    verdict = judge_workbook(path, context)
    assert verdict.status == "judged", verdict.reason
    return verdict


def reporters(verdict: Verdict) -> list[str]:
    return list(verdict.tables["reported"].column("reporter_id").to_pylist())


@pytest.mark.parametrize(
    ("word", "sender", "whose"),
    [
        ("全市", "应急局", "total"),
        ("全　市：", "应急局", "total"),
        ("全市合计", "应急局", "total"),
        ("全县", "应急局", "total"),
        ("合计", "应急局", "safety"),
        ("总 计", "禾原街道", "heyuan"),
        ("全市", "禾原街道", "total"),
    ],
)
def test_whose_a_total_is(
    tmp_path: Path, context: Context, word: str, sender: str, whose: str
) -> None:
    rows: list[list[Cell]] = [["2026年1月", word, CASES, 3], ["2026年1月", word, DEATHS, 2]]
    verdict = judged(tmp_path, context, *rows, sender=sender)
    assert reporters(verdict) == [whose, whose]
    assert verdict.sheets[0].is_balanced


def test_a_total_beside_its_parts_is_held_against_them(tmp_path: Path, context: Context) -> None:
    rows: list[list[Cell]] = [
        ["2026年1月", "禾原街道", CASES, 2],
        ["2026年1月", "全市", CASES, 3],
        ["2026年2月", "全市", CASES, 5],
        ["2026年1月", "全市", DEATHS, 1],
    ]
    verdict = judged(tmp_path, context, *rows, sender="应急局")
    sheet: SheetVerdict = verdict.sheets[0]
    assert reporters(verdict) == ["heyuan", "total", "total"]
    assert sheet.skipped_by["subtotal"] == 1
    assert any("写 3" in note for note in sheet.notes)


def test_a_unit_merged_over_its_counts(tmp_path: Path, context: Context) -> None:
    rows: list[list[Cell]] = [["2026年1月", "全市", CASES, 3], [None, None, DEATHS, 2]]
    verdict = judged(tmp_path, context, *rows, sender="应急局", merges=("A4:A5", "B4:B5"))
    assert reporters(verdict) == ["total", "total"]


def test_a_total_of_nobody_goes_back(tmp_path: Path, context: Context) -> None:
    verdict = judged(tmp_path, context, ["2026年1月", "合计", CASES, 3], sender="")
    assert [(r.code, r.field) for r in verdict.sheets[0].rejects] == [("only_total", "reporter_id")]


@pytest.mark.parametrize(
    ("totals", "returned"),
    [
        ([["合计", *[None] * 4, 7]], 1),
        ([["合计", *[None] * 4, 0]], 0),
        ([["工贸小计", *[None] * 4, 3], ["合计", *[None] * 4, 3]], 1),
        ([["工贸小计", *[None] * 4, 3], ["建筑小计", *[None] * 4, 4]], 2),
        ([["平均", *[None] * 4, 3]], 0),
    ],
)
def test_a_ledger_of_totals_alone(
    tmp_path: Path, context: Context, totals: list[list[Cell]], returned: int
) -> None:
    titles: list[list[Cell]] = [[text] for text in TITLES]
    path = book(tmp_path / "a.xlsx", {"台账": [*titles, list(HEADERS), *totals]})
    (sheet,) = judge_workbook(path, context).sheets
    assert (sheet.loaded, sheet.rejected) == (0, returned)
    assert {r.code for r in sheet.rejects if r.field == "inspected_date"} <= {"only_total"}
