"""What a build reads: catalogue, profile and accepted rows, as tables of the candidate.

Schemas `catalogue`, `profile` and `lake` hold nothing else; every later table is a SELECT over
them.
"""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from etl.build.inputs.found_outside_sql import put_found, put_stated_totals
from etl.build.inputs.person_keys import person_keys
from etl.build.inputs.scheme_tables import add_text_columns, put_schemes
from etl.build.inputs.unit_table import put_units
from etl.decisions.corrections import Applied, standing_corrections
from etl.decisions.decided_duplicates import put_decisions
from etl.decisions.duty_starts import put_starts
from etl.declarations.column_types import ARROW_TYPES, CASE
from etl.declarations.csv_rows import read_rows
from etl.declarations.recipe import SOURCES_DIR
from etl.intake.submissions import Submission
from warehouse.files.decisions import adopted, read_decisions, started
from warehouse.files.home import Home, profile_folders
from warehouse.models.database import Connection, put_csv, put_table
from warehouse.models.sql_models import SQL_DIR, Model

CATALOGUE_TYPES: dict[str, dict[str, str]] = {
    "accident_grades": {
        "grade_rank": "integer",
        "death_min": "integer",
        "serious_injury_min": "integer",
        "loss_wan_min": "decimal(18, 4)",
    },
    "months": {
        "month": "date",
        "year": "integer",
        "month_no": "integer",
        "quarter": "integer",
        "last_date": "date",
    },
    "indicators": {"sort_no": "integer", "decimals": "integer"},
    "verdicts": {"sort_no": "integer"},
    "check_parameters": {"value": "decimal(18, 4)"},
}
PROVENANCE = [
    ("file_hash", pa.string()),
    ("file_name", pa.string()),
    ("sheet_no", pa.int32()),
    ("table_no", pa.int32()),
    ("sheet_name", pa.string()),
    ("row_number", pa.int32()),
    ("receipt_seq", pa.int32()),
    *CASE,
    ("business_date", pa.date32()),
    ("origin_row_id", pa.string()),
    ("is_corrected", pa.bool_()),
]
SUBMISSION = pa.schema(
    [
        ("receipt_seq", pa.int32()),
        ("sheet_no", pa.int32()),
        ("table_no", pa.int32()),
        ("sheet_name", pa.string()),
        ("dataset", pa.string()),
        ("unit_id", pa.string()),
        ("as_of_date", pa.date32()),
        ("filed_date", pa.date32()),
        ("received_at", pa.string()),
        ("received_date", pa.date32()),
        ("span_from_date", pa.date32()),
        ("span_to_date", pa.date32()),
        ("mode", pa.string()),
        ("origin_seq", pa.int32()),
        ("file_hash", pa.string()),
        ("file_name", pa.string()),
        ("row_count", pa.int32()),
        ("loaded_count", pa.int32()),
        ("rejected_count", pa.int32()),
        ("skipped_count", pa.int32()),
    ]
)
HELD = pa.schema(
    [("receipt_seq", pa.int32()), ("file_name", pa.string()), ("held_reason_zh", pa.string())]
)


@cache
def datasets() -> tuple[str, ...]:
    """Codes of the declared datasets."""
    return tuple(sorted(path.parent.name for path in SOURCES_DIR.glob("*/columns.csv")))


@cache
def field_types(dataset: str) -> dict[str, pa.DataType]:
    """Typed columns of a dataset's accepted rows, in declared order."""
    with (SOURCES_DIR / dataset / "columns.csv").open(encoding="utf-8", newline="") as handle:
        return {row["field"]: ARROW_TYPES[row["type"]] for row in csv.DictReader(handle)}


def lake_schema(dataset: str) -> pa.Schema:
    """Schema of `lake.<dataset>`; a dataset with an ID number also has the keyed hash of it."""
    fields = [*PROVENANCE, *field_types(dataset).items()]
    if "person_id" in field_types(dataset):
        fields.append(("person_key", pa.string()))
    return pa.schema(fields)


def put_catalogue(connection: Connection, models: Iterable[Model]) -> None:
    """Catalogue rows, code lists and the SQL text of every model."""
    for path in sorted((SQL_DIR / "catalogue").glob("*.csv")):
        put_csv(connection, f"catalogue.{path.stem}", path, CATALOGUE_TYPES.get(path.stem))
    for name in ("codes", "columns", "tables"):
        path = SQL_DIR / "dictionary" / f"{name}.csv"
        types = {"sort_no": "integer"} if name == "codes" else None
        put_csv(connection, f"catalogue.{name}", path, types)
    rows = [
        {"schema_name": m.schema, "model_name": m.name, "grain": m.grain, "sql_text": m.sql}
        for m in models
    ]
    put_table(connection, "catalogue.model", pa.Table.from_pylist(rows))


def put_profile(connection: Connection, code: str, folder: Path, root: Path) -> None:
    """Units, groups, calendar, schemes and facts of one profile, the targets of all profiles."""
    put_units(connection, folder)
    put_csv(connection, "profile.groups", folder / "groups.csv")
    put_csv(connection, "profile.report_calendar", folder / "report_calendar.csv")
    add_text_columns(connection, "profile.report_calendar", ("closes_day",))
    put_schemes(connection, folder)
    facts = pa.Table.from_pylist([{"profile_code": code, **facts_of(folder)}])
    put_table(connection, "profile.facts", facts)
    targets = [
        {"profile_code": name, **row}
        for name, other in ({code: folder} | profile_folders(root)).items()
        for row in read_rows((folder if name == code else other) / "targets.csv")
    ]
    put_table(connection, "profile.all_targets", pa.Table.from_pylist(targets))


def facts_of(folder: Path) -> dict[str, str]:
    """What profile.csv says."""
    return {row["key"]: row["value"] for row in read_rows(folder / "profile.csv")}


def put_lake(
    connection: Connection,
    home: Home,
    submissions: Sequence[Submission],
    held: Sequence[dict[str, Any]] = (),
) -> None:
    """Accepted rows of the submissions in force, and what is held until a person confirms it."""
    put_table(connection, "lake.held", pa.Table.from_pylist(list(held), schema=HELD))
    put_found(connection, {})
    put_decisions(connection, read_decisions(home), adopted(home))
    put_starts(connection, started(home).values())
    rows = [submission.row for submission in submissions]
    corrections = Applied(standing_corrections(home), rows)
    put_table(connection, "lake.submission", pa.Table.from_pylist(rows, schema=SUBMISSION))
    put_stated_totals(connection, ((s.row, s.totals) for s in submissions))
    slim = []
    for dataset in datasets():
        table = corrections.to(dataset, dataset_table(home, dataset, submissions))
        put_table(connection, f"lake.{dataset}", table)
        names = [name for name, _ in PROVENANCE if name not in ("file_name", "sheet_name")]
        slim.append(
            table.select(names).append_column(
                "dataset", pa.array([dataset] * len(table), pa.string())
            )
        )
    put_table(connection, "lake.row", pa.concat_tables(slim))
    put_table(connection, "lake.correction", corrections.table())


def dataset_table(home: Home, dataset: str, submissions: Sequence[Submission]) -> pa.Table:
    """Accepted rows of one dataset, before corrections."""
    schema = lake_schema(dataset)
    parts = [schema.empty_table()]
    for submission in submissions:
        if submission.row["dataset"] == dataset and submission.row["loaded_count"]:
            parts.append(_submission_table(home, submission, schema))
    return pa.concat_tables(parts)


def _submission_table(home: Home, submission: Submission, schema: pa.Schema) -> pa.Table:
    stored = pq.read_schema(submission.parquet).names
    wanted = [name for name in (*schema.names, "origin_row") if name in stored]
    own = [(name, "==", submission.row[name]) for name in ("sheet_no", "table_no")]
    count = len(rows := pq.read_table(submission.parquet, columns=wanted, filters=own))
    known = {
        "file_hash": pa.array([submission.row["file_hash"]] * count, pa.string()),
        "file_name": _file_names(submission, rows["origin_row"].cast(pa.string())),
        "receipt_seq": pa.array([submission.row["receipt_seq"]] * count, pa.int32()),
        "origin_row_id": pc.binary_join_element_wise(
            submission.origin_prefix, rows["origin_row"].cast(pa.string()), "-"
        ),
        "is_corrected": pa.array([False] * count, pa.bool_()),
    }
    if place := submission.told_place:
        known[place] = pa.array([submission.row["unit_id"]] * count, pa.string())
    if "person_key" in schema.names:
        known["person_key"] = person_keys(rows["person_id"].to_pylist(), home.secret())
    columns = [
        known[field.name] if field.name in known else rows[field.name].cast(field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _file_names(submission: Submission, origin_rows: pa.Array) -> pa.Array:
    """The workbook; of a corrected row also the original workbook and row it was rejected from."""
    name, origin = submission.row["file_name"], submission.origin_name
    said = f"{name}（更正“{origin}”第 "
    return pc.fill_null(pc.binary_join_element_wise(said, origin_rows, " 行）", ""), name)
