"""Columns that are new, lost, renamed or retyped: noticed and named, never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher

import numpy as np

from etl.declarations.cell_addresses import column_letters
from etl.declarations.declarations import Context, Source
from etl.declarations.text_keys import key
from etl.judge.records.judged_cells import FieldColumn, JudgedRows
from etl.recognise.header_matching import HeaderCell, Table

_ALIKE = 0.7
_MOST = 0.8
_FEWEST_VALUES = 3
_NO_FORMAT = frozenset({"missing_required", "missing_column", "future_date"})


@dataclass(frozen=True)
class Change:
    """One difference between a table and its form.

    kind: new, doubled (stands twice), lost (the form has it), renamed (close to a lost one),
    retyped (hardly a value can be read), gone (the sender's earlier table had it).
    """

    kind: str
    column: str
    header: str
    field: str
    reason: str

    def document(self) -> dict[str, str]:
        """The change as JSON."""
        return asdict(self)


def changes_of(table: Table, judged: JudgedRows, context: Context) -> list[Change]:
    """How the columns of a table differ from the version of the form it follows."""
    serial, names = context.words["serial"], {c.field: c.name_zh for c in table.source.columns}
    extra = [cell for cell in table.extra if cell.path not in serial]
    found = [
        _of_cell("new", cell, "", f"表头“{cell.header}”不是规定的列，未采用") for cell in extra
    ]
    for cell in table.doubled:
        found.append(_of_cell("doubled", cell, "", f"表头“{cell.header}”重复，均未采用"))
    required = {c.field for c in table.source.columns if c.required}
    for field in _lost(table):
        more = "，数据行全部退回" if field in required else ""
        reason = f"缺少{'必填' if more else ''}列“{names[field]}”{more}"
        found.append(Change("lost", "", names[field], field, reason))
    for cell in extra:
        if field := close_field(cell, table, context):
            reason = f"表头“{cell.header}”可能是“{names[field]}”，未采用"
            found.append(_of_cell("renamed", cell, field, reason))
    return [*found, *filter(None, map(_retyped, judged.fields.values()))]


def _of_cell(kind: str, cell: HeaderCell, field: str, reason: str) -> Change:
    return Change(kind, column_letters(cell.column), cell.header, field, reason)


def _lost(table: Table) -> Iterator[str]:
    """Fields the version of the form has, and required ones, that the table lacks."""
    template = next(t for t in table.source.templates if t.name == table.template)
    expected = set(template.headers.values())
    for column in table.source.columns:
        if column.field not in table.fields and (column.required or column.field in expected):
            yield column.field


def close_field(cell: HeaderCell, table: Table, context: Context) -> str:
    """The one missing field whose header resembles this one most; empty when none does."""
    group, _, name = cell.path.rpartition("/")
    if group and not set(group.split("/")) <= set(context.words["group"]):
        return ""
    likeness = {
        field: max(_likeness(name, known) for known in _names(table.source, field))
        for field in table.missing
    }
    best = max(likeness.values(), default=0.0)
    fields = [field for field, value in likeness.items() if value == best]
    return fields[0] if best >= _ALIKE and len(fields) == 1 else ""


def _names(source: Source, field: str) -> Iterable[str]:
    """Every header of a field without its groups, and its own name."""
    yield key(next(c.name_zh for c in source.columns if c.field == field))
    for template in source.templates:
        yield from (p.rpartition("/")[2] for p, f in template.headers.items() if f == field)


def _likeness(name: str, known: str) -> float:
    shorter, longer = sorted((name, known), key=len)
    if len(shorter) > 1 and shorter in longer and 2 * len(shorter) >= len(longer):
        return max(_ALIKE, len(shorter) / len(longer))
    return SequenceMatcher(None, name, known).ratio() if len(shorter) > 2 else 0.0


def _retyped(field: FieldColumn) -> Change | None:
    """A column hardly a value of which can be read: another format, or another column."""
    if field.cell is None:
        return None
    filled = len(field.raw) - field.raw.null_count
    wrong = [i for i, fault in field.faults.items() if fault.code not in _NO_FORMAT]
    bad = int(np.asarray(field.raw.is_valid())[wrong].sum()) if wrong else 0
    if bad < _FEWEST_VALUES or bad < filled * _MOST:
        return None
    reason = f"“{field.cell.header}”一列 {filled} 个值有 {bad} 个不能识别，可能换了格式或错了列"
    return _of_cell("retyped", field.cell, field.column.field, reason)
