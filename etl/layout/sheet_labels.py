"""填报单位：…, 填报日期：…: labels of a sheet and what is written behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest

from etl.cells.dates import parse_date
from etl.declarations.declarations import Context
from etl.declarations.text_keys import key

_STAMP = re.compile(r"\((?:公?章|盖章|签章)\)")


def labelled(rows: Iterable[Sequence[str]], context: Context) -> tuple[str, date | None]:
    """The submitting unit and the day of filling in; a value may stand in the next cell."""
    words = context.words
    units, days, others = words["unit_label"], words["date_label"], words["unit_label_if_known"]
    names = sorted([*units, *days, *words["note_prefix"]], key=len, reverse=True)
    known = "|".join(re.escape(n.rstrip(":")) for n in names)
    plain = "|".join(re.escape(n) for n in sorted(others, key=len, reverse=True))
    pattern = re.compile(
        rf"({known}|(?<![\u4e00-\u9fff])(?:{plain}))\S{{0,2}}(?:\([^()]{{1,6}}\))?\s*:"
    )
    unit_text, written_on = "", None
    for name, value in (pair for row in rows for pair in _pairs(row, pattern)):
        if name in days:
            written_on = written_on or parse_date(value)
        elif not unit_text:
            text = _STAMP.sub("", value).strip(" _")
            place = context.places.get(key(text))
            if name in units or (name in others and place and place.unit):
                unit_text = text
    return unit_text, written_on


def _pairs(row: Sequence[str], pattern: re.Pattern[str]) -> Iterable[tuple[str, str]]:
    for index, cell in enumerate(row):
        text = cell.replace("：", ":").replace("（", "(").replace("）", ")").replace("\u3000", "  ")
        found = list(pattern.finditer(text))
        if not found and index + 1 < len(row) and (bare := pattern.fullmatch(f"{text.strip()}:")):
            yield bare[1], row[index + 1].strip()
        for match, following in zip_longest(found, found[1:]):
            value = text[match.end() : following.start() if following else None].strip()
            value = re.split(r"\s{2,}|[,，;；\n]", value)[0].strip()
            if not value and following is None and index + 1 < len(row):
                value = row[index + 1].strip()
            yield match[1], value
