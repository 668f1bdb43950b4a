"""From receipts in force to the tables that count: whose, as of when, for which span."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from etl.declarations.csv_rows import read_rows
from etl.intake.lake import iso_date, read_verdict, rows_path, verdict_path
from etl.intake.receipts import Receipt
from etl.layout.own_place import told_place
from warehouse.files.home import Home
from warehouse.formats import BEIJING


@dataclass(frozen=True)
class Submission:
    """One recognised table in force: a row of `lake.submission` and the file its rows stand in."""

    row: dict[str, Any]
    parquet: Path
    origin_prefix: str = ""  # of corrected rows: row ids of their original, without the row
    origin_name: str = ""
    totals: tuple[dict[str, Any], ...] = ()  # stated totals that are not the sum of their rows
    told_place: str = ""  # the field that says where, where only the sender says it


@dataclass(frozen=True)
class Reporters:
    """Who reports what: `sole` speaks for the whole area, `every` is whoever has the duty.

    `places` are the units that are towns, streets and zones: named in a title they say what it is
    about.
    """

    sole: Mapping[str, str]
    every: Mapping[str, frozenset[str]]
    places: frozenset[str] = frozenset()


def reporters_of(profile_folder: Path) -> Reporters:
    """Dataset → its reporters by the profile's calendar."""
    units: dict[tuple[str, str], set[str]] = {}
    for row in read_rows(profile_folder / "report_calendar.csv"):
        units.setdefault((row["dataset"], ""), set()).add(row["unit_id"])
        units.setdefault((row["dataset"], row["covers"]), set()).add(row["unit_id"])
    sole = {d: next(iter(u)) for (d, covers), u in units.items() if covers == "all" and len(u) == 1}
    every = {d: frozenset(u) for (d, covers), u in units.items() if not covers}
    rows = read_rows(profile_folder / "units.csv")
    return Reporters(
        sole, every, frozenset(r["unit_id"] for r in rows if r["role_territory"] == "1")
    )


def submissions_in_force(home: Home, receipts: Iterable[Receipt], recipe: str) -> list[Submission]:
    """Recognised tables of the given receipts, in order of receipt.

    Corrected rows whose original is not among the receipts are left out.
    """
    reporters = reporters_of(home.profile_folder)
    found: list[Submission] = []
    corrected: list[tuple[Submission, dict[str, Any]]] = []
    for receipt in receipts:
        key = receipt.lake_key(recipe)
        verdict = read_verdict(verdict_path(home, receipt.sha256, key))
        for sheet in verdict["sheets"]:
            if sheet["dataset"]:
                made = _submission(home, receipt, sheet, reporters, key)
                if sheet["origin"]:
                    corrected.append((made, sheet["origin"]))
                else:
                    found.append(made)
    return sorted(
        [*found, *_following(corrected, found)],
        key=lambda s: (s.row["receipt_seq"], s.row["sheet_no"], s.row["table_no"]),
    )


def _following(
    corrected: Iterable[tuple[Submission, dict[str, Any]]], found: Iterable[Submission]
) -> Iterator[Submission]:
    """Corrected rows speak as the table they were handed back from; they fall with it."""
    names = ("file_hash", "sheet_no", "table_no", "dataset")
    originals = {tuple(s.row[name] for name in names): s for s in found}
    for submission, origin in corrected:
        key = (origin["sha256"], origin["sheet_no"], origin["table_no"], submission.row["dataset"])
        if original := originals.get(key):
            row = original.row
            spoken = {
                "unit_id": row["unit_id"],
                "as_of_date": row["as_of_date"],
                "filed_date": row["filed_date"],
                "span_from_date": None,
                "span_to_date": None,
                "mode": row["mode"],
                "origin_seq": row["receipt_seq"],
            }
            prefix = f"{origin['sha256'][:16]}-{origin['sheet_no']}"
            yield replace(
                submission,
                row=submission.row | spoken,
                origin_prefix=prefix,
                origin_name=row["file_name"],
                told_place=original.told_place,
            )


def lost_original(verdict: dict[str, Any], hashes: Container[str]) -> str:
    """Name of an original whose rows this workbook corrects and that is not there; else empty."""
    origins = [sheet["origin"] for sheet in verdict["sheets"] if sheet["origin"]]
    return next((o["file_name"] for o in origins if o["sha256"] not in hashes), "")


def unit_of(sheet: dict[str, Any], given: str, reporters: Reporters) -> str | None:
    """Who submits: as the sheet states, else its title, else as told at loading; None: ask.

    A unit named in a title counts as stated where it reports this dataset, among others: a town's
    name over a table of the one office that reports for all says what the table is about, and an
    office's name over a ledger of the towns whose form it is. Another department's name (the
    police's over a ledger of road accidents) is its own. That office is taken for the sender of a
    table that names nobody only where rows are known by key, so that nothing else is replaced.
    """
    dataset, named = sheet["dataset"], sheet.get("named_unit_id")
    sole, every = reporters.sole.get(dataset), reporters.every.get(dataset)
    if sole and named in reporters.places:
        return sheet["unit_id"] or given or sole
    if not sole and every and named not in every:
        named = None
    return sheet["unit_id"] or named or given or (sole if sheet.get("mode") == "key" else None)


def counted_unit(sheet: dict[str, Any], given: str, reporters: Reporters) -> str | None:
    """Whose a table in force is: one taken before senders were asked for is the only reporter's."""
    return unit_of(sheet, given, reporters) or reporters.sole.get(sheet["dataset"])


def as_of_date(sheet: dict[str, Any]) -> date:
    """The data's day: the last day the sheet speaks for."""
    stated = iso_date(sheet["as_of"]) or iso_date(sheet["span_to"])
    if stated is None:
        raise ValueError(f"工作表“{sheet['sheet']}”没有写明截至日期")
    return stated


def received_at(receipt: Receipt) -> datetime:
    """When the submission came in, by the office's clock (Beijing), without a zone."""
    return datetime.fromisoformat(receipt.at).astimezone(BEIJING).replace(tzinfo=None)


def _submission(
    home: Home, receipt: Receipt, sheet: dict[str, Any], reporters: Reporters, key: str
) -> Submission:
    as_of = as_of_date(sheet)
    row = {
        "receipt_seq": receipt.seq,
        "sheet_no": sheet["sheet_no"],
        "table_no": sheet["table_no"],
        "sheet_name": sheet["sheet"],
        "dataset": sheet["dataset"],
        "unit_id": counted_unit(sheet, receipt.unit, reporters),
        "as_of_date": as_of,
        "filed_date": iso_date(sheet["filed"]),
        "received_at": received_at(receipt).isoformat(" ", "seconds"),
        "received_date": received_at(receipt).date(),
        "span_from_date": iso_date(sheet["span_from"]) or as_of.replace(day=1),
        "span_to_date": iso_date(sheet["span_to"]) or as_of,
        "mode": mode_of(sheet["mode"], receipt.mode),
        "file_hash": receipt.sha256,
        "file_name": receipt.name,
        "row_count": sheet["rows"],
        "loaded_count": sheet["loaded"],
        "rejected_count": sheet["rejected"],
        "skipped_count": sheet["skipped"],
    }
    parquet = rows_path(home, sheet["dataset"], receipt.sha256, key)
    told = told_place(sheet, row["unit_id"], reporters.places)
    return Submission(row, parquet, totals=tuple(sheet["totals"]), told_place=told)


def mode_of(declared: str, given: str) -> str:
    """A keyed source stays keyed; of a ledger counts what was told at loading, else its title."""
    return declared if declared == "key" else given or declared
