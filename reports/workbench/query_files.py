"""The answer to an analyst's query as files: the rows, and a sheet of what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from reports.document_files import SYNTHETIC_ZH, file_name, title
from reports.table_files import YES_NO, Sheet, csv_bytes, workbook_bytes
from warehouse import formats
from warehouse.guard.guarded_query import Outcome
from warehouse.guard.questions import Question

UNNAMED = "查询结果"


@dataclass(frozen=True)
class Answer:
    """An outcome with everything a reader of the file must know."""

    question: Question
    values: Mapping[str, str]
    outcome: Outcome
    build_zh: str
    asked_at: datetime
    person: str
    is_plan: bool = False

    @property
    def title(self) -> str:
        return self.question.title or UNNAMED


@dataclass(frozen=True)
class Ground:
    """What the build says of itself."""

    office_zh: str
    data_as_of: Any
    is_synthetic: bool


def readable(table: pa.Table) -> pa.Table:
    """The rows as screen and files show them: yes and no in Chinese."""
    for number, column in enumerate(table.schema):
        if pa.types.is_boolean(column.type):
            words = [
                None if value is None else YES_NO[value] for value in table[number].to_pylist()
            ]
            table = table.set_column(number, column.name, pa.array(words, pa.string()))
    return table


def notes(outcome: Outcome, limits: Mapping[str, int]) -> list[str]:
    """What was left out of the rows, in sentences."""
    told = []
    if outcome.truncated:
        told.append(f"已截断：只取前 {formats.number(outcome.rows)} 行，总数更多")
    if outcome.cut_cells:
        most = formats.number(limits["sql_cell_characters"])
        told.append(f"{outcome.cut_cells} 格超过 {most} 字，已截短")
    if outcome.blank_cells:
        told.append(f"{outcome.blank_cells} 格不是数（如除数为零），显示为空")
    return told


def name_of(answer: Answer, suffix: str, ground: Ground) -> str:
    """`模拟数据_快到期的隐患_最新数据（第3版）_20261121-0930.xlsx`."""
    parts = [answer.title, answer.build_zh, f"{answer.asked_at:%Y%m%d-%H%M}"]
    return file_name(parts, suffix, ground.is_synthetic)


def csv_file(answer: Answer) -> bytes:
    """The rows as CSV."""
    heads, rows = _rows(answer)
    return csv_bytes(heads, rows)


def excel_file(answer: Answer, ground: Ground, limits: Mapping[str, int]) -> bytes:
    """The rows and their ground as a workbook."""
    heads, rows = _rows(answer)
    sheets = [
        Sheet("结果", heads, rows),
        Sheet("依据", ("项目", "内容"), grounds(answer, ground, limits)),
    ]
    return workbook_bytes(sheets, is_synthetic=ground.is_synthetic)


def grounds(answer: Answer, ground: Ground, limits: Mapping[str, int]) -> list[tuple[str, Any]]:
    """Label and content of everything the rows rest on; the statement line by line."""
    outcome = answer.outcome
    left_out = notes(outcome, limits)
    facts: list[tuple[str, Any]] = [
        ("标题", title(answer.title, ground.is_synthetic)),
        ("说明", answer.question.meaning or None),
        ("单位", ground.office_zh),
        ("数据版本", answer.build_zh),
        ("数据截至", formats.cutoff_zh(ground.data_as_of)),
        ("查询时间", f"{answer.asked_at:%Y-%m-%d %H:%M:%S}"),
        ("查询人", answer.person),
        *[(f"参数：{label}", value) for label, value in answer.values.items()],
        ("行数", outcome.rows),
        ("用时（毫秒）", outcome.ms),
        ("完整性", "；".join(left_out) or "未截断"),
        ("限制", limits_zh(limits)),
        (
            "数据性质",
            f"{SYNTHETIC_ZH}，不是实际发生的数据" if ground.is_synthetic else "实际报送数据",
        ),
    ]
    lines = answer.question.sql.strip().split("\n")
    return [
        *[fact for fact in facts if fact[1] is not None],
        *[("查询语句" if number == 0 else "", line) for number, line in enumerate(lines)],
    ]


def limits_zh(limits: Mapping[str, int]) -> str:
    """`限时 5 秒，最多 10 000 行，内存 1 GB`."""
    memory = formats.trimmed(round(limits["sql_memory_mb"] / 1024, 1))
    rows = formats.number(limits["sql_rows"])
    return f"限时 {limits['sql_seconds']} 秒，最多 {rows} 行，内存 {memory} GB"


def _rows(answer: Answer) -> tuple[list[str], list[list[Any]]]:
    table = readable(answer.outcome.table if answer.outcome.table is not None else pa.table({}))
    columns = [column.to_pylist() for column in table.columns]
    return table.column_names, [list(row) for row in zip(*columns, strict=True)]
