"""From when to when a unit of a profile stands: a date or a month, and nothing else."""

import csv
from pathlib import Path

import pytest

from etl.build.inputs.unit_table import put_units
from tests.golden.runner import PROFILE
from warehouse.models.database import open_scratch


def months(folder: Path, valid_from: str, valid_to: str) -> tuple[str, str]:
    """What the warehouse takes of 甲镇 when its row says these two."""
    with (PROFILE / "units.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    said = {"valid_from": valid_from, "valid_to": valid_to}
    rows = [row | said if row["unit_id"] == "town_a" else row for row in rows]
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with open_scratch() as connection:
        put_units(connection, folder)
        found = connection.execute(
            "select valid_from, valid_to from profile.units where unit_id = 'town_a'"
        ).fetchone()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "taken"),
    [
        ("2026-03-01", "2026-08-31", ("2026-03", "2026-08")),
        ("2026-03", "2026-08", ("2026-03", "2026-08")),
        ("", "2026-08-15", ("", "2026-08")),
    ],
)
def test_a_date_or_a_month_is_taken(
    tmp_path: Path, valid_from: str, valid_to: str, taken: tuple[str, str]
) -> None:
    assert months(tmp_path, valid_from, valid_to) == taken


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "2026年3月", "2026", "20260301"])
def test_anything_else_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(ValueError, match=f"“甲镇”的起始日期“{text}”不是日期，应写成 2026-03-01"):
        months(tmp_path, text, "")
