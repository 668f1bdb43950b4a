"""Money without a unit anywhere: read by what the column holds, or asked about.

3000 in a column headed 罚款 is no 3 000 万元. From which whole amount on 元 is meant is declared
for each field (columns.csv `yuan_from`); where some amounts speak for 元 and others do not, a
person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from etl.cells.numbers import read_number, undressed
from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import compact
from etl.judge.undeclared.undeclared_columns import record_texts
from etl.layout.row_kinds import Rows
from etl.layout.sheet_statements import Statement
from etl.recognise.coded_columns import Coded
from etl.recognise.header_matching import HeaderCell, Table

_YUAN: Final = "元"
_SHOWN = 3


@dataclass(frozen=True)
class Money:
    """The table with its units of money, what is to be said of them, and what must be asked."""

    table: Table
    notes: tuple[str, ...] = ()
    choices: tuple[dict[str, str], ...] = ()


def with_units(
    table: Table,
    coded: Mapping[int, Coded],
    rows: Rows,
    statement: Statement,
    sheet: str,
    context: Context,
) -> Money:
    """Give each column of money that states no unit the one its amounts speak for."""
    fields = dict(table.fields)
    notes: list[str] = []
    choices: list[dict[str, str]] = []
    for column in table.source.columns:
        cell = fields.get(column.field)
        if cell is None or column.yuan_from is None or cell.column not in coded:
            continue
        if cell.unit or rows.units.get(cell.column) or statement.money:
            continue
        amounts = _amounts(record_texts(coded[cell.column], rows), context)
        if not amounts or all(amount < column.yuan_from for amount in amounts):
            continue
        if all(a >= column.yuan_from and a == a.to_integral_value() for a in amounts):
            fields[column.field] = replace(cell, unit=_YUAN)
            notes.append(f"“{cell.header}”没有写金额单位，各行都不小于 {column.yuan_from}，按元计")
        else:
            choices += _choices(cell, column, amounts, sheet, table.source.dataset)
    return Money(replace(table, fields=fields), tuple(notes), tuple(choices))


def _amounts(texts: Sequence[str], context: Context) -> list[Decimal]:
    """The amounts above zero that carry no unit of their own."""
    units = context.words["money"].keys()
    read = (read_number(undressed(compact(text)), units) for text in texts)
    return [number for number, unit in filter(None, read) if not unit and number > 0]


def _choices(
    cell: HeaderCell, column: Column, amounts: Sequence[Decimal], sheet: str, dataset: str
) -> list[dict[str, str]]:
    common = {
        "sheet": sheet,
        "dataset": dataset,
        "column": column_letters(cell.column),
        "header": cell.header,
        "samples": "、".join(str(amount) for amount in amounts[:_SHOWN]),
    }
    return [
        {
            **common,
            "answer": f"{column.field}:{unit}",
            "name_zh": f"{column.name_zh}，单位{unit}",
        }
        for unit in (_YUAN, column.unit)
    ]
