"""Sheets as offices lay them out: who sends them, for when, and which rows are no records."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.declarations.declarations import Context
from etl.intake.submissions import Reporters, unit_of
from etl.judge.judge import judge_workbook
from etl.judge.records.verdict import SheetVerdict
from tests.unit.workbooks import HEADERS, Cell, book, record

Row = list[Cell]
HEADER: Row = list(HEADERS)
TITLE = "行政执法检查台账"


def checked(month: int = 3, number: int = 1, **cells: Cell) -> Row:
    return record(record_no=f"JC-{month}-{number}", inspected_date=date(2026, month, 5), **cells)


def judge(tmp_path: Path, context: Context, *rows: Row, **options: Any) -> list[SheetVerdict]:
    return sheets(tmp_path, context, {"台账": list(rows)}, **options)


def sheets(
    tmp_path: Path, context: Context, tabs: dict[str, list[Row]], **options: Any
) -> list[SheetVerdict]:
    verdict = judge_workbook(book(tmp_path / "a.xlsx", tabs, **options), context)
    assert verdict.status == "judged", verdict.reason
    for table in verdict.sheets:
        assert table.is_balanced
        assert table.rows == 0 or table.filled_cells > 0
    return list(verdict.sheets)


def senders(tables: list[SheetVerdict]) -> list[str | None]:
    return [t.unit_id or t.named_unit_id for t in tables if t.dataset]


@pytest.mark.parametrize(
    ("title", "sender"),
    [
        ("禾原街道2026年3月行政执法检查台账", "heyuan"),
        ("示例市禾原街道2026年3月行政执法检查台账", "heyuan"),
        ("示例市2026年3月禾原街道行政执法检查台账", "heyuan"),
        ("附件1：市应急局2026年3月行政执法检查台账", "safety"),
        ("2026年3月行政执法检查台账（禾原街道）", "heyuan"),
        ("市应急局2026年3月行政执法检查台账（共1家次）", "safety"),
        ("2026年3月行政执法检查台账——东沙镇", "dongsha"),
        ("2026年3月全市行政执法检查台账", None),
        ("沙镇2026年3月行政执法检查台账", None),
        ("禾原机械有限公司2026年3月行政执法检查台账", None),
        ("市应急局制", None),
    ],
)
def test_a_unit_the_title_names(
    tmp_path: Path, context: Context, title: str, sender: str | None
) -> None:
    assert senders(judge(tmp_path, context, [title], HEADER, checked())) == [sender]


def test_a_label_goes_before_the_title(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [["禾原街道行政执法检查台账"], ["填报单位：市应急局"], HEADER, checked()]
    (table,) = judge(tmp_path, context, *rows)
    assert (table.unit_id, table.named_unit_id) == ("safety", None)


def test_a_unit_named_counts_where_it_has_the_duty_to_report() -> None:
    towns = frozenset({"heyuan", "dongsha"})
    reporters = Reporters({"incident": "safety"}, {"hazard": towns}, towns)
    sheet: dict[str, Any] = {"unit_id": None, "named_unit_id": "heyuan", "dataset": "incident"}
    sheet["mode"] = "slice"
    assert unit_of(sheet, "", reporters) == "safety"
    nobody = sheet | {"named_unit_id": None}
    assert unit_of(nobody, "", reporters) is None, "no ledger is taken for the bureau's by guess"
    assert unit_of(nobody, "safety", reporters) == "safety"
    assert unit_of(sheet | {"named_unit_id": "police"}, "", reporters) == "police"
    assert unit_of(sheet | {"dataset": "hazard"}, "dongsha", reporters) == "heyuan"
    assert unit_of(sheet | {"dataset": "enforcement"}, "", reporters) == "heyuan"
    office = sheet | {"dataset": "hazard", "named_unit_id": "safety"}
    assert unit_of(office, "", reporters) is None
    assert unit_of(office, "dongsha", reporters) == "dongsha"
    assert unit_of(office | {"unit_id": "safety"}, "dongsha", reporters) == "safety"


def test_a_block_title_that_names_a_town(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[f"2026年3月{TITLE}"], [], ["一、禾原街道"], HEADER, checked(), []]
    rows += [["二、东沙镇"], HEADER, checked(number=2), checked(number=3)]
    tables = judge(tmp_path, context, *rows)
    assert senders(tables) == ["heyuan", "dongsha"]
    assert [t.loaded for t in tables] == [1, 2]


def test_blocks_of_towns_under_the_title_of_an_office(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[f"市应急局2026年3月{TITLE}"], ["一、禾原街道"], HEADER, checked(), []]
    rows += [["二、东沙镇"], HEADER, checked(number=2)]
    assert senders(judge(tmp_path, context, *rows)) == ["safety", "safety"]


def test_a_sheet_for_each_town(tmp_path: Path, context: Context) -> None:
    tabs: dict[str, list[Row]] = {
        name: [[f"2026年3月{TITLE}"], HEADER, checked()] for name in ("禾原街道", "东沙", "3月")
    }
    assert senders(sheets(tmp_path, context, tabs)) == ["heyuan", "dongsha", None]


def test_a_cover_that_says_who_sends(tmp_path: Path, context: Context) -> None:
    cover: list[Row] = [[f"2026年3月{TITLE}"], ["填报单位：禾原街道"]]
    tables = sheets(tmp_path, context, {"封面": cover, "台账": [HEADER, checked()]})
    assert senders(tables) == ["heyuan"]
    assert "未写填报单位，按同一工作簿所写“禾原街道”" in tables[1].notes


def test_a_table_is_signed_below(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[f"2026年3月{TITLE}"], HEADER, checked(), []]
    rows += [[*[None] * 9, "禾原街道（盖章）"], [*[None] * 9, "2026年3月31日"]]
    (table,) = judge(tmp_path, context, *rows)
    assert (table.loaded, table.rejected, table.named_unit_id) == (1, 0, "heyuan")
    assert table.as_of == date(2026, 3, 31)


@pytest.mark.parametrize(
    "line",
    [
        ["填报单位", "禾原街道", None, None, "填报日期", "2026-03-31"],
        ["填报单位（公章）", None, "禾原街道", None, "填报时间", None, "2026年3月31日"],
        ["镇街名称：禾原街道", None, None, "填报日期：2026.3.31"],
        ["单位：禾原街道", None, None, "填表日期：2026年3月31日"],
        ["填报单位：禾原街道", *[None] * 8, "截至3月31日"],
    ],
)
@pytest.mark.parametrize("is_below", [False, True])
def test_labels_however_they_are_laid_out(
    tmp_path: Path, context: Context, line: Row, is_below: bool
) -> None:
    rows: list[Row] = [HEADER, checked(), line] if is_below else [line, HEADER, checked()]
    (table,) = judge(tmp_path, context, [f"2026年3月{TITLE}"], *rows)
    assert (table.loaded, table.rejected) == (1, 0), table.rejects
    assert (table.unit_id, table.as_of) == ("heyuan", date(2026, 3, 31))


def test_a_responsible_unit_is_not_the_sender(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [["责任单位：禾原街道　计量单位：万元"], HEADER, checked()]
    assert senders(judge(tmp_path, context, *rows)) == [None]


def test_month_tabs_of_a_year_each_speak_for_their_month(tmp_path: Path, context: Context) -> None:
    """Each drawn up later than the one before, yet none replaces another."""
    tabs: dict[str, list[Row]] = {
        f"{m}月": [[f"2026年{TITLE}"], [f"填报日期：2026年{m}月28日"], HEADER, checked(m)]
        for m in (1, 2, 3)
    }
    spans = [(t.span_from, t.span_to) for t in sheets(tmp_path, context, tabs)]
    assert spans[0] == (date(2026, 1, 1), date(2026, 1, 31))
    assert [first.month for first, _ in spans if first] == [1, 2, 3]
    assert [last.month for _, last in spans if last] == [1, 2, 3]


def test_a_month_tab_with_the_whole_year_so_far_speaks_for_the_year(
    tmp_path: Path, context: Context
) -> None:
    rows: list[Row] = [[f"2026年{TITLE}"], HEADER, checked(1), checked(3)]
    (table,) = sheets(tmp_path, context, {"3月": rows})
    assert (table.span_from, table.span_to) == (date(2026, 1, 1), date(2026, 12, 31))


def test_blocks_titled_by_their_month_alone(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[f"2026年{TITLE}"], ["填报单位：禾原街道"]]
    for month in (1, 2):
        rows += [[f"{month}月份"], HEADER, checked(month), []]
    tables = judge(tmp_path, context, *rows)
    assert [(t.unit_id, str(t.span_from), str(t.span_to)) for t in tables] == [
        ("heyuan", "2026-01-01", "2026-01-31"),
        ("heyuan", "2026-02-01", "2026-02-28"),
    ]


def test_a_period_in_dots(tmp_path: Path, context: Context) -> None:
    (table,) = judge(tmp_path, context, [f"{TITLE}（2026.01-10）"], HEADER, checked())
    assert (str(table.span_from), str(table.span_to)) == ("2026-01-01", "2026-10-31")


def test_a_period_in_chinese_digits(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[f"二〇二六年一至十月{TITLE}"], ["截至十月二十五日"], HEADER, checked()]
    (table,) = judge(tmp_path, context, *rows)
    assert (str(table.span_from), str(table.span_to)) == ("2026-01-01", "2026-10-31")
    assert table.as_of == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (["（1）", *[f"（{n}）" for n in range(2, 13)]], "header"),
        (["甲", "乙", "丙", "丁", 1, 2, 3, 4, 5, "6=1+2", 7, 8], "header"),
        (["A", "B", "C", "D", *range(1, 9)], "header"),
        (["栏次", *range(1, 12)], "header"),
        ([f"field_{c}" for c in "abcdefghijkl"], "header"),
        (["必填", "必填", "格式：2026-03-05", *["选填"] * 9], "header"),
        (["单位", *[None] * 4, "项", None, "万元"], "unit_row"),
        ([*["—"] * 5, "（项）", "—", "（万元）", *["—"] * 4], "unit_row"),
        (["示例", *record()[1:]], "note"),
        (["例1：", *record()[1:]], "note"),
        ([None, None, None, None, "合　计", 0, None, 3], "subtotal"),
        (["无"] * 12, "note"),
        (["/", "禾原街道", *["/"] * 10], "note"),
        (["审核：", "甲", None, "制表：", "乙", None, "联系电话：", "1234567"], "note"),
        (["单位负责人（签字）：", None, "填表人：", None, "联系电话：1234567", "日期："], "note"),
        (["第1页 共2页"], "note"),
    ],
)
def test_rows_that_are_no_records(tmp_path: Path, context: Context, line: Row, kind: str) -> None:
    (table,) = judge(tmp_path, context, [TITLE], HEADER, line, checked())
    assert (table.loaded, table.rejected) == (1, 0), table.rejects
    assert table.skipped_by[kind] == 1 + (kind == "header")


def test_an_example_dates_nothing(tmp_path: Path, context: Context) -> None:
    example: Row = ["示例", "2026年1月5日", *record()[2:]]
    (table,) = judge(tmp_path, context, [TITLE], HEADER, example, checked())
    assert (table.as_of, table.filed) == (table.span_to, None)
    assert "第 3 行是填表示例，未计入" in table.notes


def test_a_record_that_only_looks_sparse_is_handed_back(tmp_path: Path, context: Context) -> None:
    poor: list[Row] = [["JC-9"], [None, None, "2026-03-06"]]
    rows: list[Row] = [HEADER, checked(), *poor, checked(4)]
    (table,) = judge(tmp_path, context, *rows)
    assert (table.loaded, table.rejected) == (2, 2)


def test_lines_of_a_form_nobody_filled_in(tmp_path: Path, context: Context) -> None:
    lines: list[Row] = [[n, None, "禾原街道", None, "东沙镇"] for n in (2, 3)]
    (table,) = judge(tmp_path, context, ["序号", *HEADER], [1, *checked()], *lines)
    assert (table.loaded, table.rejected, table.skipped_by["blank_text"]) == (1, 0, 2)
    assert "第 3、4 行只有序号和单位，没有内容，未计入" in table.notes


@pytest.mark.parametrize(
    ("written", "sender"),
    [
        ("禾原办事处（应急办）", "heyuan"),
        ("禾原街道安全生产委员会办公室", "heyuan"),
        ("市应急局执法大队", "safety"),
        ("禾原机械厂", None),
        ("沙镇应急办", None),
        ("东沙镇、南沙镇", None),
    ],
)
def test_an_office_of_a_unit_speaks_for_it(
    tmp_path: Path, context: Context, written: str, sender: str | None
) -> None:
    (table,) = judge(tmp_path, context, [f"填报单位：{written}"], HEADER, checked())
    assert table.unit_id == sender


def test_cells_beside_the_table_are_named_and_no_record(tmp_path: Path, context: Context) -> None:
    rows: list[Row] = [[*HEADER, None, "镇街", "家次"], [*checked(), None, "禾原街道", 3]]
    rows += [[*[None] * 13, "东沙镇", 4]]
    (table,) = judge(tmp_path, context, *rows)
    assert (table.loaded, table.rejected, table.skipped_by["note"]) == (1, 0, 1)
    assert "第 3 行在采用的各列中没有内容，未计入" in table.notes


def test_a_refusal_says_what_comes_closest_and_what_it_lacks(
    tmp_path: Path, context: Context
) -> None:
    header: Row = ["序号", "企业名称", "隐患描述", "整改期限", "责任人", "是否整改"]
    row: Row = [1, "示例厂", "通道堵塞", "2026-03-28", "甲", "否"]
    path = book(tmp_path / "a.xlsx", {"台账": [["隐患清单"], header, row]})
    reason = judge_workbook(path, context).reason or ""
    assert "工作表“台账”第 2 行最像“重大事故隐患台账”的表头，但没有必填的列：隐患编号" in reason
    far = judge_workbook(book(tmp_path / "b.xlsx", {"台账": [["甲", "乙"], [1, 2]]}), context)
    assert far.reason_code == "unknown_workbook" and "最像" not in (far.reason or "")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("From: a@example.cn\r\nSubject: 台账\r\n\r\n见附件", "邮件"),
        ("ID;PSCALC3\nC;X1;Y1;K1\nE\n", "SYLK 文件"),
        ('TABLE\r\n0,1\r\n"EXCEL"\r\n', "DIF 文件"),
    ],
)
def test_texts_that_are_no_tables_are_named(
    tmp_path: Path, context: Context, content: str, name: str
) -> None:
    path = tmp_path / "a.xls"
    path.write_text(content, encoding="utf-8")
    verdict = judge_workbook(path, context)
    assert verdict.reason_code == "not_xlsx" and name in (verdict.reason or "")


def test_cells_cut_by_bars(tmp_path: Path, context: Context) -> None:
    path = tmp_path / "a.txt"
    lines = ["|".join("" if c is None else str(c) for c in row) for row in (HEADER, checked())]
    path.write_text("\n".join(lines), encoding="gb18030")
    assert [t.loaded for t in judge_workbook(path, context).sheets] == [1]


def test_a_page_with_a_header_over_a_column_without_cells(tmp_path: Path, context: Context) -> None:
    """The column under the wide header, before the last one, holds nothing at all."""
    head = "".join(f"<td>{name}</td>" for name in HEADER[:-1])
    cells = "".join(f"<td>{'' if c is None else c}</td>" for c in checked()[:-1])
    page = f"<table><tr>{head}<td colspan=2>其他</td><td>备注</td></tr>"
    page += f"<tr>{cells}<td></td><td></td><td>无</td></tr>"
    page += "<tr><td></td><td>禾原街道</td></tr></table>"
    path = tmp_path / "a.xls"
    path.write_text(f'<meta charset="utf-8">{page}', encoding="utf-8")
    (table,) = judge_workbook(path, context).sheets
    assert (table.loaded, table.rejected, table.skipped_by["blank_text"]) == (1, 0, 1)


def test_a_page_whose_first_header_is_wide(tmp_path: Path, context: Context) -> None:
    head = "".join(f"<td>{name}</td>" for name in HEADER)
    cells = "".join(f"<td>{'' if c is None else c}</td>" for c in checked())
    page = f"<table><tr><td colspan=2>序号</td>{head}</tr><tr><td colspan=2>1</td>{cells}</tr>"
    path = tmp_path / "a.xls"
    path.write_text(f'<meta charset="utf-8">{page}</table>', encoding="utf-8")
    (table,) = judge_workbook(path, context).sheets
    assert (table.loaded, table.rejected) == (1, 0)


@pytest.mark.parametrize(
    ("sender", "place"), [("禾原街道", "heyuan"), ("市应急局", None), ("沙镇", None)]
)
def test_a_town_s_ledger_without_a_place_is_about_the_town(
    tmp_path: Path, context: Context, sender: str, place: str | None
) -> None:
    at = HEADER.index("属地镇街")
    table: list[Row] = [[*r[:at], *r[at + 1 :]] for r in (HEADER, checked())]
    rows: list[Row] = [[f"填报单位：{sender}"], *table]
    verdict = judge_workbook(book(tmp_path / "a.xlsx", {"台账": rows}), context)
    (row,) = verdict.tables["enforcement"].to_pylist()
    assert (row["territory_id"], row["territory_id_raw"]) == (place, None)
    note = f"表中没有属地一列，各行的属地按填报单位记为“{sender}”"
    assert (note in verdict.sheets[0].notes) == (place is not None)
