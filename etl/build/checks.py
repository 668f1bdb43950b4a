"""Checks of a candidate: row suites and SQL findings in one result table, and what they stop.

Scope `submission` holds the submission at fault and lets the build go on; scope `warehouse` stops
publishing; scope `notice` is shown beside the figures it touches.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

import pyarrow as pa

from etl.build.inputs.found_outside_sql import FOUND_BY_CHECKS, put_found
from etl.build.suites import Fault, run_suites
from etl.declarations.csv_rows import read_rows
from etl.intake.receipts import SHRUNK
from warehouse.models.database import Connection, build_model, put_table
from warehouse.models.sql_models import SQL_DIR, downstream, load_models

RESULT_SCHEMA = pa.schema(
    [
        ("check_code", pa.string()),
        ("name_zh", pa.string()),
        ("scope", pa.string()),
        ("table_name", pa.string()),
        ("indicator_codes", pa.string()),
        ("checked_count", pa.int64()),
        ("failed_count", pa.int64()),
        ("status", pa.string()),
        ("detail_zh", pa.string()),
    ]
)
SHOWN_DETAILS = 3


@dataclass(frozen=True)
class Hold:
    """Why a submission must wait: the checks it fails, and what they found, in Chinese."""

    codes: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class CheckReport:
    """Results of all checks of a candidate."""

    results: list[dict[str, Any]]
    faults: list[Fault]
    waiting: dict[int, list[str]] = field(default_factory=dict)
    """Submissions that wait because of what they would take out of force (`etl.build.holds`)."""

    def holds(self) -> dict[int, Hold]:
        """Submissions that must wait, each with the checks and the reasons in Chinese."""
        if self.waiting:
            name = _names()[SHRUNK]
            told = {
                seq: [f"{name}：{detail}" for detail in found[:SHOWN_DETAILS]]
                for seq, found in self.waiting.items()
            }
            return {seq: Hold((SHRUNK,), "；".join(words)) for seq, words in told.items()}
        scopes = {r["check_code"]: r for r in self.results}
        held: dict[int, list[Fault]] = {}
        for fault in self.faults:
            if scopes[fault.check_code]["scope"] == "submission" and fault.receipt_seq is not None:
                held.setdefault(fault.receipt_seq, []).append(fault)
        return {
            seq: Hold(
                tuple(sorted({fault.check_code for fault in faults})),
                "；".join(
                    f"{scopes[fault.check_code]['name_zh']}：{fault.detail_zh}"
                    for fault in faults[:SHOWN_DETAILS]
                ),
            )
            for seq, faults in held.items()
        }

    def stops(self) -> list[str]:
        """Failed checks of the whole warehouse: while there is one, nothing is published."""
        return [
            f"{r['name_zh']}：{r['detail_zh']}"
            for r in self.results
            if r["scope"] == "warehouse" and r["failed_count"]
        ]


def _names() -> dict[str, str]:
    rows = read_rows(SQL_DIR / "catalogue" / "checks.csv")
    return {row["check_code"]: row["name_zh"] for row in rows}


def run_checks(connection: Connection, accepted: frozenset[int]) -> CheckReport:
    """Run every declared check; submissions confirmed to shrink are no longer at fault.

    Fills `marts.check_result` (a row per check), `marts.check_finding` (a row per finding) and
    `marts.check_unit_month` (a row per check, unit and month).
    """
    checked: dict[str, int] = {}
    suite_faults: list[Fault] = []
    for code, count, found in run_suites(connection):
        checked[code] = count
        suite_faults += found
    faults = suite_faults + [f for f in _findings(connection) if not _confirmed(f, accepted)]
    results = [
        _result(row, checked, faults, connection)
        for row in read_rows(SQL_DIR / "catalogue" / "checks.csv")
    ]
    put_table(connection, "marts.check_result", pa.Table.from_pylist(results, schema=RESULT_SCHEMA))
    _store(connection, results, suite_faults, accepted)
    return CheckReport(results, faults)


def _store(
    connection: Connection,
    results: list[dict[str, Any]],
    suite_faults: list[Fault],
    accepted: frozenset[int],
) -> None:
    """Give the models of findings what was found outside SQL, and build them again."""
    found = {
        "suite_fault": [asdict(fault) for fault in suite_faults],
        "checked": [
            {"check_code": r["check_code"], "row_count": r["checked_count"]} for r in results
        ],
        "confirmed": [{"check_code": SHRUNK, "receipt_seq": seq} for seq in sorted(accepted)],
    }
    put_found(connection, found)
    for model in downstream(load_models(), *(f"lake.{name}" for name in FOUND_BY_CHECKS)):
        build_model(connection, model)


def _findings(connection: Connection) -> list[Fault]:
    rows = connection.table("checks.finding").fetchall()
    found = [
        Fault(code, seq, row_id or "", detail or "")
        for code, seq, row_id, _unit, _month, detail in rows
    ]
    return sorted(found, key=lambda fault: (fault.check_code, fault.row_id, fault.detail_zh))


def _confirmed(fault: Fault, accepted: frozenset[int]) -> bool:
    return fault.check_code == SHRUNK and fault.receipt_seq in accepted


def _result(
    row: dict[str, str], checked: dict[str, int], faults: list[Fault], connection: Connection
) -> dict[str, Any]:
    code = row["check_code"]
    mine = [fault for fault in faults if fault.check_code == code]
    rows_at_fault = (
        len(Counter(fault.row_id for fault in mine)) if row["kind"] == "suite" else len(mine)
    )
    count = checked.get(code)
    if count is None:
        count = len(connection.table(row["table_name"]))
    failed = "noticed" if row["scope"] == "notice" else "failed"
    return {
        "check_code": code,
        "name_zh": row["name_zh"],
        "scope": row["scope"],
        "table_name": row["table_name"],
        "indicator_codes": row["indicator_codes"],
        "checked_count": count,
        "failed_count": rows_at_fault,
        "status": failed if mine else "passed",
        "detail_zh": "；".join(fault.detail_zh for fault in mine[:SHOWN_DETAILS]),
    }
