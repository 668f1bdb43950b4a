"""What a newer version would say otherwise: figures and ranks of two files, with workbooks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from etl.changes.effects import plain
from warehouse import formats
from warehouse.queries import run_pair

Row = dict[str, Any]
SHOWN_MOVES = 300
SHOWN_BOOKS = 3
PLACES = {"territory": "territory_id", "department": "department_id", "actor": "actor_id"}


def moved_figures(before: Path, after: Path) -> tuple[int, list[Row]]:
    """How many figures read otherwise, and the first of them with their workbooks."""
    rows = _rows("moved_figures", before, after, most=SHOWN_MOVES)
    books = _by_indicator(_rows("moved_books", before, after)) if rows else {}
    listed = [_figure(row, books.get(row["indicator_code"], [])) for row in rows]
    return (rows[0]["moved_count"] if rows else 0), listed


def moved_ranks(before: Path, after: Path) -> tuple[int, list[Row]]:
    """How many places in rankings read otherwise, and the first of them."""
    rows = _rows("moved_ranks", before, after, most=SHOWN_MOVES)
    listed = [
        {
            "scheme_code": row["scheme_code"],
            "span_month": row["span_month"],
            "place_zh": row["place_zh"],
            "before": _rank(row, "before"),
            "after": _rank(row, "after"),
        }
        for row in rows
    ]
    return (rows[0]["moved_count"] if rows else 0), listed


def _rows(name: str, before: Path, after: Path, **params: Any) -> list[Row]:
    frame = run_pair(name, before, after, **params)
    return [{str(k): plain(v) for k, v in row.items()} for row in frame.to_dict("records")]


def _by_indicator(books: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in books:
        found.setdefault(row["indicator_code"], []).append(row)
    return found


def _figure(row: Mapping[str, Any], books: Iterable[Row]) -> Row:
    """A figure from and to, as a person reads it."""
    named = ("indicator_code", "name_zh", "span_kind", "span_month", "unit_role", "unit_id")
    before, after = _said(row, "before"), _said(row, "after")
    if before == after:
        # The same number, but said to be known otherwise: 零报告 of a ledger, or a plain 0.
        before = f"{before}（{row['before_state_zh']}）"
        after = f"{after}（{row['after_state_zh']}）"
    return {
        **{name: row[name] for name in named},
        "place_zh": row["place_zh"],
        "category_code": row["category_code"],
        "before": before,
        "after": after,
        "books": _books_of(row, list(books)),
    }


def _said(row: Mapping[str, Any], side: str) -> str:
    """Value, or the word that stands in its place; then verdict and status where there are any."""
    state, value = row[f"{side}_state_zh"], row[f"{side}_value"]
    if state is None:
        return formats.MISSING
    verdict, status = row[f"{side}_verdict_zh"], row[f"{side}_status_zh"]
    shown = formats.quantity(value, row["unit_zh"] or "", row["decimals"] or 0)
    words = [verdict or (shown if value is not None else state)]
    return "，".join([*words, *([status] if status else [])])


def _rank(row: Mapping[str, Any], side: str) -> str:
    rank, score = row[f"{side}_rank"], row[f"{side}_score"]
    if rank is None:
        return row[f"{side}_state_zh"] or formats.MISSING
    return f"第 {rank:.0f} 名，{score:.2f} 分"


def _books_of(row: Mapping[str, Any], books: list[Row]) -> list[str]:
    """Workbooks whose records count otherwise: of the span, else of the months before it.

    None where no record changed: then it is a rule that reads them otherwise.
    """
    place = PLACES.get(row["unit_role"])
    near = [
        book
        for book in books
        if book["month"] <= row["span_month"] and (not place or book[place] == row["unit_id"])
    ]
    inside = [book for book in near if book["month"] >= row["month_from"]]
    names = list(dict.fromkeys(book["file_name"] for book in inside or near))
    more = len(names) - SHOWN_BOOKS
    return [*names[:SHOWN_BOOKS], *([f"等 {len(names)} 份"] if more > 0 else [])]
