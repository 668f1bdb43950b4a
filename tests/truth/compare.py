"""A built home against the truth of its workbooks: every row's verdict, every cell's value."""

import csv
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from warehouse.files.home import Home
from warehouse.versions.versions import current_number, staff_path

KEY = ("file", "sheet", "row_number")
#: What core says where a workbook says nothing (sql/core), by table.
DEFAULTS: dict[str, dict[str, str]] = {
    "incident": {
        "department_id": "unassigned",
        "is_production": "true",
        "is_liability": "true",
        "is_road_transport": "false",
        "is_fire": "false",
        "serious_injury_count": "0",
        "minor_injury_count": "0",
        "loss_wan": "0.0000",
    },
    "hazard": {"department_id": "unassigned"},
    "enforcement": {
        "territory_id": "unassigned",
        "department_id": "unassigned",
        "is_online": "false",
        "general_hazard_count": "0",
        "major_hazard_count": "0",
        "is_unit_penalised": "false",
        "is_principal_penalised": "false",
    },
    "training_roster": {"territory_id": "unassigned", "department_id": "unassigned"},
}
#: Columns core renders differently on purpose; each has its own expectation in `expected_row`.
RENDERED = {"zone_id", "core_territory_id", "stat_month", "actor_id", "sender_id"}
TEN_THOUSANDS = {"wan_ren": "ren", "wan_liang": "liang"}


def read_truth(path: Path) -> list[dict[str, str]]:
    """Rows of one truth file; a repeated column name keeps its first value."""
    with path.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader)
        return [{name: row[header.index(name)] for name in dict.fromkeys(header)} for row in reader]


def datasets(truth: Path) -> list[str]:
    """Datasets that have a truth file."""
    return sorted(path.stem for path in truth.glob("*.csv") if path.stem != "rows")


def key_of(row: dict[str, Any]) -> tuple[str, str, str]:
    """Workbook, sheet and row: where a value stands."""
    return tuple(str(row[name]) for name in KEY)  # type: ignore[return-value]


def expected_row(dataset: str, row: dict[str, str]) -> dict[str, str]:
    """The core cells that follow from one true fact, as text."""
    cells = {k: v for k, v in row.items() if k not in (*KEY, *RENDERED)}
    for column, default in DEFAULTS.get(dataset, {}).items():
        cells[column] = cells.get(column) or default
    if "core_territory_id" in row:
        cells["territory_id"] = row["core_territory_id"]
    if dataset == "incident":
        cells["stat_month"] = (row["stat_month"] or row["occurred_date"])[:7] + "-01"
    if dataset == "enforcement":
        cells["actor_id"] = row["actor_id"] or row["sender_id"]
    if dataset == "reported":
        del cells["cumulative_amount"], cells["is_cumulative"]  # written by the month only
    else:
        cells["reporter_id"] = row["sender_id"]
    if cells.get("unit_code") in TEN_THOUSANDS:
        cells["amount"] = str(Decimal(cells["amount"]) * 10_000)
        cells["unit_code"] = TEN_THOUSANDS[cells["unit_code"]]
    return cells


def core_rows(home: Home, dataset: str) -> dict[tuple[str, str, str], dict[str, str]]:
    """Core rows of the served build by place, all cells as text."""
    number = current_number(home)
    assert number is not None
    with duckdb.connect(str(staff_path(home, number)), read_only=True) as connection:
        cursor = connection.execute(f"select * from core.fct_{dataset}")
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {
        (row["file_name"], row["sheet_name"], str(row["row_number"])): {
            name: as_text(value) for name, value in row.items()
        }
        for row in rows
    }


def as_text(value: Any) -> str:
    """A core cell as the truth files write it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def cell_differences(home: Home, truth: Path, dataset: str) -> list[str]:
    """Cells and rows of a core table that are not as in the truth."""
    found = core_rows(home, dataset)
    wanted = {
        key_of(row): expected_row(dataset, row) for row in read_truth(truth / f"{dataset}.csv")
    }
    wrong = [f"多出 {key}" for key in sorted(found.keys() - wanted.keys())]
    wrong += [f"缺少 {key}" for key in sorted(wanted.keys() - found.keys())]
    for key in sorted(found.keys() & wanted.keys()):
        for column, value in wanted[key].items():
            got = found[key].get(column, "〔无此列〕")
            if not same(got, value):
                wrong.append(f"{key} {column}：应为 {value!r}，得 {got!r}")
    return wrong


def same(got: str, wanted: str) -> bool:
    """Equal text, or equal numbers written with other zeros."""
    if got == wanted:
        return True
    try:
        return Decimal(got) == Decimal(wanted) and not (got.startswith("0") and got[1:2].isdigit())
    except ArithmeticError:
        return False


def row_verdicts(home: Home, recipe: str) -> dict[str, Counter[str]]:
    """Judged rows of each workbook by verdict, from the lake's own record."""
    receipts = [json.loads(line) for line in home.receipts.read_text(encoding="utf-8").splitlines()]
    counts: dict[str, Counter[str]] = {}
    for receipt in receipts:
        if receipt["kind"] != "submit":
            continue
        path = home.lake / "verdicts" / f"{receipt['sha256']}-{recipe}.json"
        sheets = json.loads(path.read_text(encoding="utf-8"))["sheets"]
        counts[receipt["name"]] = Counter(
            {
                "loaded": sum(s["loaded"] for s in sheets),
                "rejected": sum(s["rejected"] for s in sheets),
                **sum((Counter(s["skipped_by"]) for s in sheets), Counter()),
            }
        )
    return counts


def true_verdicts(truth: Path) -> dict[str, Counter[str]]:
    """Expected rows of each workbook by verdict, skipped ones by kind."""
    counts: dict[str, Counter[str]] = {}
    for row in read_truth(truth / "rows.csv"):
        kind = row["code"] if row["verdict"] == "skipped" else row["verdict"]
        counts.setdefault(row["file"], Counter())[kind] += 1
    return counts
