"""The product's side: from a served file, by plain SQL, to the adapter's contract.

The one file that knows how the product names its tables. `tests.recount.loading` loads a world.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from tests.recount.compare import Served
from tests.recount.model import UNPLACED
from tests.recount.model.world import month_of

FIGURE_FIELDS = {
    "numerator": "numerator",
    "denominator": "denominator",
    "value": "value",
    "state": "state",
    "coverage_state": "coverage",
    "prior_value": "prior",
    "change_value": "change",
    "verdict_code": "verdict",
    "status_code": "status",
}
FIGURE_KEY = ("indicator_code", "span_kind", "span_month", "unit_role", "unit_id", "category_code")
SCORE_FIELDS = {
    "state": "state",
    "score": "score",
    "rank_no": "rank",
    "tier_zh": "tier",
    "is_vetoed": "is_vetoed",
}
SCORE_KEY = ("scheme_code", "version", "span_month", "list_code", "unit_id")
#: States of a duty as marts.report_state names them.
DUTY = {
    "reported": "known",
    "late": "known",
    "zero": "zero",
    "partial": "known_to",
    "missing": "missing",
    "held": "held",
    "returned": "returned",
    "not_due": "not_due",
    "stated": "stated",
}


def read_served(path: Path) -> Served:
    """Everything the recount compares, from one served file."""
    with duckdb.connect(str(path), read_only=True) as file:
        return Served(
            dict(keyed(file, "marts.figure", FIGURE_KEY, FIGURE_FIELDS)),
            {
                (row["dataset"], row["unit_id"], month_of(row["month"])): DUTY[row["state"]]
                for row in rows_of(file, "marts.report_state")
            },
            dict(keyed(file, "marts.score", SCORE_KEY, SCORE_FIELDS)),
            Counter(
                (row["check_code"], month_of(row["month"]))
                for row in rows_of(file, "marts.check_finding")
                if row["check_code"] in UNPLACED
            ),
        )


def rows_of(file: duckdb.DuckDBPyConnection, table: str) -> Iterator[dict[str, Any]]:
    found = file.execute(f"select * from {table}")
    names = [column[0] for column in found.description or []]
    for values in found.fetchall():
        yield dict(zip(names, values, strict=True))


def keyed(
    file: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], fields: dict[str, str]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of a table by their key, months as the recount counts them."""
    for row in rows_of(file, table):
        name = tuple(month_of(row[part]) if part == "span_month" else row[part] for part in key)
        yield name, {ours: row[theirs] for theirs, ours in fields.items() if theirs in row}


def served_in(home: Path) -> Path:
    """The file a profile's home serves now."""
    number = (home / "CURRENT").read_text(encoding="utf-8").strip()
    return home / "builds" / f"serve-{number}.duckdb"
