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

from etl.declarations.csv_rows import read_rows
from warehouse.models.database import Connection
from warehouse.models.sql_models import SQL_DIR

if TYPE_CHECKING:
    from great_expectations.data_context import EphemeralDataContext
    from pandas import DataFrame

COLUMNS = SQL_DIR / "dictionary" / "columns.csv"
NOTHING = {"None", "nan", "NaT", "<NA>"}
FOLDER = Path(__file__).resolve().parents[2] / "expectations"


@dataclass(frozen=True)
class Fault:
    """One row that breaks one expectation."""

    check_code: str
    receipt_seq: int | None
    row_id: str
    detail_zh: str


def run_suites(connection: Connection) -> Iterator[tuple[str, int, list[Fault]]]:
    """(check code, rows checked, faults) of each suite on its core table.

    An expectation whose `meta` names a `check_code` of its own counts under that code, so that one
    table may have rules that hold a submission and rules that only give notice.
    """
    context = suite_context()
    for path in sorted(FOLDER.glob("suite_*.json")):
        suite = json.loads(path.read_text(encoding="utf-8"))
        frame = connection.table(suite["meta"]["table"]).df()
        faults = judge_frame(context, path.stem, suite, frame)
        for code in sorted({code_of(path.stem, e) for e in suite["expectations"]}):
            yield code, len(frame), [fault for fault in faults if fault.check_code == code]


def code_of(suite_code: str, expectation: dict[str, Any]) -> str:
    """The check an expectation counts under."""
    return str(expectation["meta"].get("check_code", suite_code))


def suite_context() -> "EphemeralDataContext":
    """A library context that keeps nothing, asks nobody and prints nothing."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    import great_expectations as gx  # 3 to 8 s, so only when a build checks
    from great_expectations.data_context.types.base import ProgressBarsConfig

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def judge_frame(
    context: "EphemeralDataContext", code: str, suite: dict[str, Any], frame: "DataFrame"
) -> list[Fault]:
    """Faults of a frame of rows against a suite, one for each row and expectation it breaks."""
    from great_expectations.core.expectation_suite import ExpectationSuite

    if frame.empty:
        return []
    batch = (
        context.data_sources.add_or_update_pandas(code)
        .add_dataframe_asset(code)
        .add_batch_definition_whole_dataframe(code)
        .get_batch(batch_parameters={"dataframe": frame})
    )
    key = suite["meta"].get("key", "row_id")
    named = [key, *(name for name in ("receipt_seq",) if name in frame.columns)]
    with contextlib.redirect_stderr(None):
        outcome = batch.validate(
            ExpectationSuite(name=code, expectations=suite["expectations"]),
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": named},
        )
    shown = _open_names(suite["meta"]["table"])
    return [f for result in outcome.results for f in _faults(code, key, result, shown)]


def _faults(code: str, key: str, result: Any, shown: dict[str, str]) -> Iterator[Fault]:
    meta = result.expectation_config.meta or {}
    if result.success:
        return
    if "unexpected_index_list" not in result.result:
        raise RuntimeError(f"{code}：{meta['zh']}：不能检查，{result.exception_info}")
    given = result.expectation_config.kwargs
    columns = [given[name] for name in ("column", "column_A", "column_B") if name in given]
    for row in result.result["unexpected_index_list"]:
        values = [_shown(shown[name], row[name]) for name in columns if name in shown]
        told = "，".join(filter(None, values))
        seq = row.get("receipt_seq")
        yield Fault(
            str(meta.get("check_code", code)),
            None if seq is None else int(seq),
            row[key] or "",
            f"{meta['zh']}（{told}）" if told else str(meta["zh"]),
        )


def _shown(name_zh: str, value: Any) -> str:
    """`整改期限＝2026-03-05`; nothing for an empty cell."""
    return "" if str(value) in NOTHING else f"{name_zh}＝{str(value).removesuffix(' 00:00:00')}"


@cache
def _open_names(table: str) -> dict[str, str]:
    """Names of a table's open columns; the values of others are never shown."""
    return {
        row["column_name"]: row["name_zh"]
        for row in read_rows(COLUMNS)
        if row["table_name"] == table and row["visibility"] == "open"
    }
