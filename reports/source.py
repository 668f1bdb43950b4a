"""One served file for a whole document: no document mixes two builds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from warehouse import formats, queries
from warehouse.files.home import Home
from warehouse.versions import versions

Row = dict[str, Any]
#: Asks a named query of one build: `rows("figures", span_kind=…)`.
Rows = Callable[..., list[Row]]


@dataclass(frozen=True)
class Source:
    """The build or edition a document is made from."""

    home: Home
    edition: str | None
    path: Path

    @classmethod
    def of(cls, home: Home, edition: str | None = None) -> Source:
        """The build served now, or an edition such as `2026-10`."""
        return cls(home, edition, versions.served_file(home, edition))

    @property
    def version_zh(self) -> str:
        """What the document says it is made from."""
        return version_zh(versions.build_id(self.path))

    def rows(self, name: str, **params: Any) -> list[Row]:
        """Rows of a named query on this source."""
        return records(queries.run_file(name, self.path, **params))


def version_zh(build_id: str) -> str:
    """`2026年10月定稿` for an edition, `快报 第 3 版` for a build."""
    kind, _, number = build_id.partition("-")
    return (
        f"{formats.month_zh(f'{number}-01')}定稿" if kind == "edition" else f"快报 第 {number} 版"
    )


def records(frame: pd.DataFrame) -> list[Row]:
    """Rows of a frame as plain dicts in which a missing value is None and a day is a date."""
    return [
        {str(key): plain(value) for key, value in row.items()} for row in frame.to_dict("records")
    ]


def plain(value: Any) -> Any:
    """None for NaN and NaT (which calls itself a date), a date for a midnight timestamp."""
    if formats.is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    return value
