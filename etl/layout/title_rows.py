"""Which rows above a header are its titles: names, periods, labels, never records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.declarations import limits
from etl.declarations.declarations import Context
from etl.formats.grid.reader import Grid
from etl.layout.row_words import is_note, is_total, is_zero_report
from etl.layout.sheet_statements import read_statement

DATUM = r"^\s*[\d.,:%/\-+\s]+$|\d{4}\s*[年./-]\s*\d{1,2}|\d{1,2}月\d{1,2}"
"""A number or a date: what stands in a record, not in a header."""

FEW = 3
"""Cells a title or footer row may have."""


@dataclass(frozen=True)
class Titles:
    """Looks above a header, row by row."""

    grid: Grid
    context: Context

    def above(self, header: int, floor: int) -> list[int]:
        """Rows above a header that belong to it: names, periods, labels, never records."""
        titles: list[int] = []
        is_named = False
        for row in range(header - 1, max(floor, header - 1 - limits.MAX_TITLE_ROWS), -1):
            texts = self.texts(row)
            if not texts:
                if is_named:
                    break
                continue
            kind = self._title_kind(texts)
            if not kind or (kind == "label" and is_named):
                break
            is_named = is_named or kind == "name"
            titles.append(row)
        return titles

    def _title_kind(self, texts: Sequence[str]) -> str:
        """`name` of a table, `label` (填报单位：…) or nothing of the kind."""
        context = self.context
        labels = (*context.words["unit_label"], *context.words["date_label"])
        if len(texts) > 1 and not any(":" in t or "：" in t for t in texts):
            return ""
        if is_note(texts[0], context):
            stated = read_statement([texts], [], "", context)
            is_label = texts[0].strip().startswith(labels) and (stated.unit_text or stated.limit)
            return "label" if is_label and len(texts) <= 2 * FEW else ""
        if is_total(texts[0], context) or is_zero_report(texts[0], context):
            return ""
        if any(re.search(DATUM, t) for t in texts[1:]):
            return ""
        numeric = texts[0].strip().replace(".", "").isdigit()
        return "" if numeric or len(texts) > FEW else "name"

    def texts(self, row: int) -> list[str]:
        """The filled cells of a row, from left to right."""
        found = (self.grid.text(row, column) for column in sorted(self.grid.columns))
        return [text for text in found if text.strip()]
