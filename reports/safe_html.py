"""The one place where text becomes HTML: everything is escaped unless it already is markup.

Cell text, unit names and file names are data. A block is built with `fill`, whose template is a
literal of ours and whose values are escaped; only `Safe` values pass as they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

NUMBER_WITH_UNIT = re.compile(
    r"(?:[▲▼] )?(?<![A-Za-z0-9-])\d[\d.\u2009—]*(?: ?(?:个百分点|%|[\u4e00-\u9fff]))?"
)


class Safe(str):
    """Text that is markup already."""

    __slots__ = ()


def escape(value: object) -> Safe:
    """The value as HTML text; None is empty."""
    if isinstance(value, Safe):
        return value
    return Safe("" if value is None else html.escape(str(value), quote=True))


def fill(template: str, /, **values: object) -> Safe:
    """A literal template with escaped values."""
    return Safe(template.format_map({name: escape(value) for name, value in values.items()}))


def join(parts: Iterable[object], separator: str = "") -> Safe:
    """Escaped parts in a row; empty parts leave no separator behind."""
    return Safe(escape(separator).join(text for text in map(escape, parts) if text))


def prose(text: object) -> Safe:
    """A sentence in which no line break parts a number from its unit."""
    return Safe(NUMBER_WITH_UNIT.sub(lambda m: f'<span class="nb">{m[0]}</span>', escape(text)))
