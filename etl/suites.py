"""Great Expectations suites: what every row of a core table must satisfy.

Runs on the pandas frame of the candidate's table, in this process only; the app never imports the
library.
"""

import contextlib
import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.inputs import read_rows
from warehouse.database import Connection
from warehouse.models import SQL_DIR

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext

COLUMNS = SQL_DIR / "dictionary" / "columns.csv"
NOTHING = {"None", "nan", "NaT", "<NA>"}
FOLDER = Path(__file__).resolve().parent.parent / "expectations"


@dataclass(frozen=True)
class Fault:
    """One row that breaks one expectation."""

    check_code: str
    receipt_seq: int | None
    row_id: str
    detail_zh: str


def run_suites(connection: Connection) -> Iterator[tuple[str, int, list[Fault]]]:
    """(check code, rows checked, faults) of each suite on its core table."""
    context = _context()
    for path in sorted(FOLDER.glob("suite_*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        yield path.stem, *_run_suite(context, connection, path.stem, suite)


def _context() -> "EphemeralDataContext":
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx  # 3 to 8 s, so only when a build checks
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _run_suite(
    context: "EphemeralDataContext", connection: Connection, code: str, suite: dict[str, Any]
) -> tuple[int, list[Fault]]:
    from great_expectations.core.expectation_suite import ExpectationSuite

    frame = connection.table(suite["meta"]["table"]).df()
    if frame.empty:
        return 0, []
    batch = (
        context.data_sources.add_pandas(code)
        .add_dataframe_asset(code)
        .add_batch_definition_whole_dataframe(code)
        .get_batch(batch_parameters={"dataframe": frame})
    )
    with contextlib.redirect_stderr(None):
        outcome = batch.validate(
            ExpectationSuite(name=code, expectations=suite["expectations"]),
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": ["row_id", "receipt_seq"],
            },
        )
    shown = _open_names(suite["meta"]["table"])
    return len(frame), [
        fault for result in outcome.results for fault in _faults(code, result, shown)
    ]


def _faults(code: str, result: Any, shown: dict[str, str]) -> Iterator[Fault]:
    meta = result.expectation_config.meta or {}
    if result.exception_info.get("raised_exception"):
        raise RuntimeError(f"{code}：{result.exception_info['exception_message']}")
    if result.success:
        return
    column = result.expectation_config.kwargs["column"]
    for row in result.result["unexpected_index_list"]:
        value = row[column]
        told = meta["zh"] + ("" if str(value) in NOTHING else shown.get(column, "").format(value))
        yield Fault(code, int(row["receipt_seq"]), row["row_id"], told)


@cache
def _open_names(table: str) -> dict[str, str]:
    """Open columns of a table, with the words that show a value; others are never shown."""
    return {
        row["column_name"]: f"（{row['name_zh']}＝{{}}）"
        for row in read_rows(COLUMNS)
        if row["table_name"] == table and row["visibility"] == "open"
    }
