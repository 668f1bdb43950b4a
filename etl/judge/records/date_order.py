"""Days of one row that cannot follow each other as they are written: said, for a person to mend.

The row counts as what its sound cells say; what its days decide is the models' to leave out.
"""

from __future__ import annotations

import pyarrow.compute as pc

from etl.declarations.declarations import Source
from etl.judge.records.judged_cells import JudgedRows

_NAMED = 5


def order_notes(judged: JudgedRows, source: Source) -> list[str]:
    """One note for each pair of days (source.toml `order`) that stands the wrong way round."""
    notes = []
    for first, later in source.order:
        before, after = judged.fields[first], judged.fields[later]
        wrong = pc.fill_null(pc.less(after.values, before.values), False)
        rows = [int(judged.row_numbers[n]) for n in pc.indices_nonzero(wrong).to_pylist()]
        if rows:
            shown = "、".join(map(str, rows[:_NAMED])) + (" 等" if len(rows) > _NAMED else "")
            names = f"“{after.column.name_zh}”早于“{before.column.name_zh}”"
            notes.append(f"第 {shown} 行{names}，共 {len(rows)} 行存疑，请核对日期")
    return notes
