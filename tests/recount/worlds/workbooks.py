"""A world as an office would send it: one .xlsx per table, in the product's own forms."""

import csv
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.recount.model.world import (
    ROOT,
    Row,
    Submission,
    World,
    first_day,
    last_day,
    month_of,
    month_text,
)
from tests.recount.worlds import PROFILE_FOLDER

SOURCES = ROOT / "etl" / "sources"
CODES = ROOT / "sql" / "dictionary" / "codes.csv"
#: The flat form of each kind.
TEMPLATE = {
    "incident": "direct_report",
    "hazard": "v2023",
    "enforcement": "v2023",
    "training_roster": "v2023",
    "training_record": "v2023",
    "economy": "v2023",
    "reported": "v2023",
}
TITLE = {
    "incident": "生产安全事故台账",
    "hazard": "重大事故隐患台账",
    "enforcement": "行政执法检查台账",
    "training_roster": "培训应训名册",
    "training_record": "培训取证记录",
    "economy": "经济社会基础数据",
    "reported": "生产安全事故上报汇总数",
}
#: What stands in a cell that sends its row back.
SPOILT = {"death_count": "#REF!", "hazard_text": "", "found_date": "2026-02-31"}
SPOILT["occurred_date"] = SPOILT["found_date"]
PLACES = {"place", "department", "actor"}


def table_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


class Writer:
    """Knows the headers, the words of the codes and the names of the units."""

    def __init__(self, profile: Path = PROFILE_FOLDER) -> None:
        self.units = {row["unit_id"]: row["name_zh"] for row in table_of(profile / "units.csv")}
        facts = {row["key"]: row["value"] for row in table_of(profile / "profile.csv")}
        self.area = facts["name_zh"]
        self.words = {(row["code_list"], row["code"]): row["name_zh"] for row in table_of(CODES)}

    def form(self, dataset: str) -> list[tuple[dict[str, str], str]]:
        """Columns of the form with the first of their headers."""
        folder = SOURCES / dataset
        rows = table_of(folder / "headers.csv")
        headers = next(row for row in rows if row["template"] == TEMPLATE[dataset])
        columns = table_of(folder / "columns.csv")
        named = [(column, headers[column["field"]].split("|")[0]) for column in columns]
        return [(column, header) for column, header in named if header and "/" not in header]

    def write(self, table: Submission, folder: Path) -> Path:
        """One workbook with one sheet; its name says nothing the sheet does not."""
        path = folder / f"{table.seq:02d}-{TITLE[table.dataset]}-{self.units[table.sender]}.xlsx"
        book = xlsxwriter.Workbook(str(path), {"in_memory": True})
        sheet = book.add_worksheet("台账")
        lines = [[self.title(table)], self.heads(table)]
        form = self.form(table.dataset)
        lines.append([header for _, header in form])
        lines += [[self.cell(row, *column) for column in form] for row in table.rows]
        lines.append(self.foot(table))
        for number, line in enumerate(lines):
            for place, text in enumerate(line):
                sheet.write(number, place, text)
        book.close()
        return path

    def title(self, table: Submission) -> str:
        return f"{self.area}{period_text(table)}{TITLE[table.dataset]}"

    def heads(self, table: Submission) -> list[str]:
        said = [f"填报单位：{self.units[table.sender]}"]
        if table.period_from.year != table.period_to.year:
            said.append(f"统计时段：{day_text(table.period_from)}至{day_text(table.period_to)}")
        return said

    def foot(self, table: Submission) -> list[str]:
        said = [f"制表人：经办{table.seq}"]
        return [*said, f"填报日期：{day_text(table.filing)}"] if table.filing else said

    def cell(self, row: Row, column: dict[str, str], header: str) -> Any:
        field, kind = column["field"], column["type"]
        if row.is_back and field in SPOILT and field not in row.values:
            return SPOILT[field]
        value = row.values.get(field)
        if value is not None and "(元)" in header:
            value *= 10_000
        return "" if value is None else self.text(value, kind, column["code_list"])

    def text(self, value: Any, kind: str, code_list: str) -> Any:
        """A value as a clerk writes it."""
        if kind in PLACES:
            return self.units[value]
        if kind == "code":
            return self.words[code_list, value]
        if kind == "flag":
            return "是" if value else "否"
        if kind == "month":
            return month_text(month_of(value))
        return value.isoformat() if isinstance(value, date) else plain(value)


def plain(value: Any) -> Any:
    return value if isinstance(value, int | str) else float(value)


def day_text(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def period_text(table: Submission) -> str:
    """2025年, 2026年1—5月, 2025年3月; over two years nothing, 统计时段 says it."""
    first, last = month_of(table.period_from), month_of(table.period_to)
    if first // 12 != last // 12:
        return ""
    year = f"{first // 12}年"
    if (first_day(first).month, last_day(last).month) == (1, 12):
        return year
    if first == last:
        return f"{year}{first % 12 + 1}月"
    return f"{year}{first % 12 + 1}—{last % 12 + 1}月"


def write_world(world: World, folder: Path) -> list[Path]:
    """All workbooks of a world in order of receipt, and its profile beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    write_profile(folder / "profiles" / "recount")
    writer = Writer()
    tables = sorted(world.submissions, key=lambda one: one.seq)
    return [writer.write(table, folder) for table in tables]


def write_profile(folder: Path) -> None:
    shutil.copytree(PROFILE_FOLDER, folder, dirs_exist_ok=True)
