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
        return read_tables(file)


def read_tables(file: duckdb.DuckDBPyConnection) -> Served:
    """Everything the recount compares, from the product's tables."""
    duties = rows_of(file, "marts.report_state", "dataset", "unit_id", "month", "state")
    findings = rows_of(file, "marts.check_finding", "check_code", "month")
    return Served(
        dict(keyed(file, "marts.figure", FIGURE_KEY, FIGURE_FIELDS)),
        {(dataset, unit, month_of(month)): DUTY[state] for dataset, unit, month, state in duties},
        dict(keyed(file, "marts.score", SCORE_KEY, SCORE_FIELDS)),
        Counter((code, month_of(month)) for code, month in findings if code in UNPLACED),
    )


def rows_of(file: duckdb.DuckDBPyConnection, table: str, *columns: str) -> list[tuple[Any, ...]]:
    return file.execute(f"select {', '.join(columns)} from {table}").fetchall()


def keyed(
    file: duckdb.DuckDBPyConnection, table: str, key: tuple[str, ...], fields: dict[str, str]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Rows of a table by their key, months as the recount counts them."""
    there = {name: ours for name, ours in fields.items() if name in file.table(table).columns}
    place, width = key.index("span_month"), len(key)
    for row in rows_of(file, table, *key, *there):
        name = (*row[:place], month_of(row[place]), *row[place + 1 : width])
        yield name, dict(zip(there.values(), row[width:], strict=True))


def served_in(home: Path) -> Path:
    """The file a profile's home serves now."""
    number = (home / "CURRENT").read_text(encoding="utf-8").strip()
    return home / "builds" / f"serve-{number}.duckdb"
