"""Golden cases: some hand-written facts, the whole SQL project, figures worked out by hand.

A case gives submissions (who sent which ledger, as of when), facts (rows as a workbook states
them) and `returned_rows` (rows handed back: `in` which submission, and what can be read of each);
the runner puts them where the lake's rows would be and builds everything from staging to marts.
Nothing is mocked.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from etl.build.inputs.build_inputs import (
    PROVENANCE,
    SUBMISSION,
    datasets,
    lake_schema,
    put_catalogue,
    put_profile,
)
from etl.build.inputs.found_outside_sql import STATED_TOTAL
from etl.build.inputs.row_ledger import DOUBT, RETURNED_ROW, SHEET, WAITING_SHEET
from etl.decisions.corrections import CORRECTION
from etl.decisions.decided_duplicates import put_decisions
from etl.decisions.duty_starts import put_starts
from warehouse.files.decisions import Adoption, Decision, Start
from warehouse.models.database import (
    Connection,
    build_model,
    open_scratch,
    put_table,
    remove_receipts,
)
from warehouse.models.sql_models import Model, downstream, load_models, upstream
from warehouse.queries import query_text

FOLDER = Path(__file__).parent
PROFILE = FOLDER / "profile"
DEFAULTS = yaml.safe_load((FOLDER / "defaults.yml").read_text(encoding="utf-8"))


#: What a figure and its rows are made from; checks and scores have tests of their own.
MODELS = upstream(load_models(), "marts.figure", "core.fct_source_row")


def load_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of one indicator's file."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"])


def build_case(case: dict[str, Any]) -> Connection:
    """A warehouse in memory holding just this case's facts."""
    connection = put_case(case)
    for model in MODELS:
        build_model(connection, model)
    return connection


def rebuild(connection: Connection, replaced: Model) -> None:
    """Build a mutated model in place of its own, and all that is made from it."""
    for model in (replaced, *downstream(MODELS, replaced.full_name)):
        build_model(connection, model)


def put_case(case: dict[str, Any]) -> Connection:
    """The inputs of a case, with nothing built on them."""
    connection = open_scratch()
    put_catalogue(connection, load_models())
    put_profile(connection, "golden", PROFILE, FOLDER)
    for dataset, day in case.get("closes_day", {}).items():
        table = "profile.report_calendar"
        connection.execute(f"update {table} set closes_day = '{day}' where dataset = '{dataset}'")
    _put_facts(connection, case)
    return connection


def take_out(connection: Connection, seqs: list[int]) -> None:
    """Leave out submissions, as a build leaves out those that wait."""
    datasets_too = (f"lake.{name}" for name in datasets())
    remove_receipts(
        connection, ["lake.submission", "lake.row", "lake.returned_row", *datasets_too], seqs
    )


def _put_facts(connection: Connection, case: dict[str, Any]) -> None:
    submissions = {
        s["id"]: _submission(seq, s, case) for seq, s in enumerate(case["submissions"], 1)
    }
    put_table(
        connection,
        "lake.submission",
        pa.Table.from_pylist(list(submissions.values()), schema=SUBMISSION),
    )
    slim: list[dict[str, Any]] = []
    by_dataset: dict[str, list[dict[str, Any]]] = {name: [] for name in datasets()}
    for number, fact in enumerate(case["facts"], 5):
        row = _fact_row(number, fact, submissions[fact["in"]])
        by_dataset[row["dataset"]].append(row)
        slim.append(row)
    for name, rows in by_dataset.items():
        put_table(connection, f"lake.{name}", pa.Table.from_pylist(rows, schema=lake_schema(name)))
    schema = pa.schema(
        [("dataset", pa.string()), *list(lake_schema("reported"))[: len(PROVENANCE)]]
    )
    put_table(connection, "lake.row", pa.Table.from_pylist(slim, schema=schema))
    said = {"who": "某人", "decided_at": "2026-03-31T00:00:00Z", "why": "同一件"}
    adoptions = {
        number: Adoption(a["seq"], a["after"], "adopt", **said)
        for number, a in enumerate(case.get("adopted", []), 1)
    }
    decisions = [Decision(**said, **d) for d in case.get("decisions", [])]
    put_decisions(connection, decisions, adoptions)
    put_starts(connection, [Start(**{"unit_id": "", "verdict": "start", **said, **s})
                            for s in case.get("starts", [])])  # fmt: skip
    put_table(connection, "lake.correction", CORRECTION.empty_table())
    said_totals = [
        {name: _typed(value) for name, value in row.items()}
        for row in case.get("stated_totals", [])
    ]
    totals = pa.Table.from_pylist(said_totals, schema=STATED_TOTAL)
    put_table(connection, "lake.stated_total", totals)
    handed_back = [
        _returned_row(number, given, submissions[given["in"]])
        for number, given in enumerate(case.get("returned_rows", []), 1001)
    ]
    doubts = [_returned_row(d.pop("row"), d, submissions[d["in"]]) for d in _doubts(case)]
    held = [{**_submission(seq, s, case)} for seq, s in enumerate(case.get("held", []), 901)]
    for name, rows, schema in (
        ("returned_row", handed_back, RETURNED_ROW),
        ("doubt", doubts, DOUBT),
        ("waiting_sheet", case.get("waiting_sheets", []), WAITING_SHEET),
        ("held_sheet", held, SUBMISSION),
    ):
        put_table(connection, f"lake.{name}", pa.Table.from_pylist(rows, schema=schema))


def _doubts(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Unreadable cells of rows that count: in which submission, in which row, why."""
    return [dict(doubt) for doubt in case.get("doubts", [])]


def _submission(seq: int, given: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    count = sum(fact["in"] == given["id"] for fact in case["facts"])
    returned = sum(row["in"] == given["id"] for row in case.get("returned_rows", []))
    return {
        "receipt_seq": seq,
        "sheet_no": 1,
        "table_no": 1,
        "sheet_name": "台账",
        "dataset": given["dataset"],
        "unit_id": given["unit"],
        "as_of_date": given["as_of"],
        "filed_date": given.get("filed"),
        "received_at": str(given.get("received_at", "")),
        "received_date": given["received_at"].date() if "received_at" in given else None,
        "span_from_date": given["from"],
        "span_to_date": given["to"],
        "mode": given.get("mode", "slice"),
        "file_hash": f"{seq:064x}",
        "file_name": f"{given['id']}.xlsx",
        "row_count": count + returned,
        "loaded_count": count,
        "rejected_count": returned,
        "skipped_count": 0,
    }


def _fact_row(number: int, fact: dict[str, Any], submission: dict[str, Any]) -> dict[str, Any]:
    dataset = submission["dataset"]
    default = DEFAULTS[dataset]
    row = {**default["row"], **{k: v for k, v in fact.items() if k not in ("in", "why")}}
    row = {key: _typed(value) for key, value in row.items()}
    business = row[default["business_date"]]
    return {
        **row,
        "dataset": dataset,
        "file_hash": submission["file_hash"],
        "file_name": submission["file_name"],
        "sheet_no": 1,
        "table_no": 1,
        "sheet_name": "台账",
        "row_number": number,
        "receipt_seq": submission["receipt_seq"],
        **_keys(row, default),
        "business_date": date(business, 1, 1) if isinstance(business, int) else business,
    }


def _returned_row(number: int, given: dict[str, Any], submission: dict[str, Any]) -> dict[str, Any]:
    read = {name: value for name, value in given.items() if name not in ("in", "why")}
    place = {name: submission[name] for name, _ in SHEET}
    row_id = f"{place['file_hash'][:16]}-{place['sheet_no']}-{number}"
    return {**place, "row_number": number, "row_id": row_id, **read}


def _keys(row: dict[str, Any], default: dict[str, Any]) -> dict[str, Any]:
    """What `same_case` says of a row; `same_as: x` gives rows typed twice one case key."""
    name = "|".join(str(row.get(field)) for field in default["identity"])
    number = row.get(default.get("number", ""))
    alike = [str(row.get(field) or "") for field in default.get("likeness", ())]
    return {
        "identity_key": number or name,
        "name_key": name if "number" in default else None,
        "case_key": number or row.get("same_as"),
        "likeness_key": "|".join(alike) if alike else None,
    }


def _typed(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, float) else value


def figure(connection: Connection, indicator: str, expected: dict[str, Any]) -> dict[str, Any]:
    """The stored figure an expectation speaks of; KeyError when the grid has no such row."""
    kind, month = expected["span"].split()
    row = connection.execute(
        """
        select f.numerator, f.denominator, f.value, f.state,
               f.verdict_code as verdict, f.status_code as status,
               f.prior_value as prior, f.change_value as change,
               f.base_state as base, f.change_pct as pct, f.reported_difference as difference,
               f.is_provisional as provisional, f.is_open as open,
               f.coverage_state as coverage, f.coverage_zh as note,
               f.implied_limit_count as implied, f.fallback_span_month as fallback,
               f.ungraded_count as ungraded, b.coverage_zh as prior_note
        from marts.figure as f
        left join marts.coverage_note as b
          on b.indicator_code = f.indicator_code and b.span_kind = f.span_kind
          and b.span_month = f.span_month - interval 12 month
          and b.unit_role = f.unit_role and b.unit_id = f.unit_id
        where f.indicator_code = ? and f.span_kind = ? and f.span_month = cast(? || '-01' as date)
          and f.unit_role = ? and f.unit_id = ? and f.category_code = ?
        """,
        [
            indicator,
            kind,
            month,
            expected.get("role", "total"),
            expected.get("unit", "total"),
            expected.get("category", "*"),
        ],
    )
    names = [column[0] for column in row.description]
    found = row.fetchone()
    if found is None:
        raise KeyError(f"{indicator} {expected}")
    return dict(zip(names, found, strict=True)) | _row_counts(connection, indicator, expected)


def _row_counts(connection: Connection, indicator: str, expected: dict[str, Any]) -> dict[str, int]:
    """How many rows the drill-down lists for each part, where the case speaks of it."""
    if not expected.keys() & {"n_rows", "d_rows"}:
        return {}
    kind, month = expected["span"].split()
    given = {
        "indicator_code": indicator,
        "span_kind": kind,
        "span_month": date.fromisoformat(f"{month}-01"),
        "unit_role": expected.get("role", "total"),
        "unit_id": expected.get("unit", "total"),
        "category_code": expected.get("category", "*"),
    }
    rows = connection.execute(query_text("figure_rows"), given).fetchall()
    return {f"{part}_rows": sum(row[0] == part for row in rows) for part in "nd"}


ALIASES = {"n": "numerator", "d": "denominator"}


def differences(connection: Connection, indicator: str, expect: list[dict[str, Any]]) -> list[str]:
    """What the build says otherwise than the case; empty when all agree."""
    wrong = []
    for expected in expect:
        found = figure(connection, indicator, expected)
        for key, value in expected.items():
            if key in ("span", "role", "unit", "category", "why"):
                continue
            got = found[ALIASES.get(key, key)]
            wanted = (
                Decimal(str(value))
                if isinstance(value, (int, float)) and value is not True and value is not False
                else value
            )
            if got != wanted:
                wrong.append(
                    f"{expected['span']} {expected.get('unit', 'total')} {key}:"
                    f" 应为 {value}，得 {got}（{expected['why']}）"
                )
    return wrong
