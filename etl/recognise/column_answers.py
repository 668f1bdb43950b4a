"""What a person says a column is, where its header is none that is declared.

An answer is part of the receipt, like a told kind: the same workbook answered otherwise is judged
anew, and its rows lie in the lake under another key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from etl.declarations.cell_addresses import column_letters
from etl.declarations.kind_answers import Columns, Told
from etl.declarations.text_keys import key
from etl.recognise.header_matching import HeaderCell, Table

NOT_USED: Final = "-"


def parse_columns(words: Iterable[str], fields: Mapping[str, str]) -> dict[str, str]:
    """`表头=serious_injury_count` or `表头=-`; `fields` is field → Chinese name, both understood.

    Raises ValueError in Chinese.
    """
    known = {key(word): field for field, name in fields.items() for word in (name, field)}
    answers: dict[str, str] = {}
    for word in words:
        header, _, answer = word.rpartition("=")
        field, _, unit = answer.strip().partition(":")
        if not header.strip():
            raise ValueError(f"“{word}”应写作 表头=字段，不采用写作 表头=-")
        if field != NOT_USED and key(field) not in known:
            raise ValueError(f"没有“{field}”这个字段；不采用这一列写作 {header}=-")
        named = known.get(key(field), NOT_USED)
        answers[header.strip()] = f"{named}:{unit}" if unit else named
    return answers


def answered(table: Table, columns: Columns) -> Table:
    """The table with each answered column taken for what it was said to be."""
    cells = (*table.fields.values(), *table.extra, *table.doubled)
    said = {cell.column: a for cell in cells if (a := _answer(cell, columns))}
    if not said:
        return table
    fields = {field: cell for field, cell in table.fields.items() if cell.column not in said}
    declared = {column.field for column in table.source.columns}
    for cell in cells:
        field, _, unit = said.get(cell.column, "").partition(":")
        if field in declared:
            fields[field] = replace(cell, unit=unit or cell.unit)
    used = {cell.column for cell in fields.values()}
    doubled = tuple(cell for cell in table.doubled if cell.column not in used)
    extra = tuple(c for c in cells if c.column not in used and c not in doubled)
    contested = {name: c for name, c in table.contested.items() if name not in fields}
    return replace(
        table, fields=fields, extra=extra, doubled=doubled, contested=contested, answers=said
    )


def as_before(choices: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The answers that read a workbook as it was before anybody asked.

    Where a unit is asked that is the field's own, else the column is not used.
    """
    last = {choice["header"]: choice["answer"] for choice in choices}
    return {header: answer if ":" in answer else NOT_USED for header, answer in last.items()}


def _heeded(columns: Columns, tables: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The answers that hold for a column of one of the tables, given as letter → header."""
    written = {
        key(word)
        for table in tables
        for letter, header in table.items()
        for word in (header, f"{letter}列")
    }
    return {header: answer for header, answer in columns.items() if key(header) in written}


def heeded_of(told: Told, verdict: Mapping[str, Any]) -> Told:
    """What was told without answers about columns that are not in this workbook."""
    tables = ([*s["columns"].values(), *s["extra_columns"]] for s in verdict["sheets"])
    headers = [{cell["column"]: cell["header"] for cell in cells} for cells in tables]
    return Told(told.kinds, _heeded(told.columns, headers))


def _answer(cell: HeaderCell, columns: Columns) -> str:
    told = {key(header): answer for header, answer in columns.items()}
    return told.get(key(cell.header)) or told.get(key(f"{column_letters(cell.column)}列"), "")
