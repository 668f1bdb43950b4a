"""Adding an indicator takes one SQL file, one catalogue row and golden cases; no Python."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from warehouse.files.home import REPOSITORY

SQL = """-- grain: one row per incident that counts and has serious injuries
select
    'serious_injury_count' as indicator_code,
    'n' as part,
    i.stat_month as month,
    cast(null as date) as done_month,
    i.territory_id as territory_id,
    i.department_id as department_id,
    i.reporter_id as actor_id,
    i.sector_code as sector_code,
    'none' as category_code,
    i.row_id as entity_id,
    cast(i.serious_injury_count as decimal(18, 4)) as amount,
    'core.fct_incident' as source_table,
    i.row_id as row_id
from core.fct_incident as i
where i.is_counted and i.serious_injury_count > 0
"""
CASES = """cases:
  - name: serious injuries of the incidents that count
    submissions:
      - {id: y, dataset: incident, unit: bureau,
         as_of: 2026-03-31, from: 2026-01-01, to: 2026-03-31}
    facts:
      - {in: y, incident_name: A, occurred_date: 2026-01-05, serious_injury_count: 2}
      - {in: y, incident_name: B, occurred_date: 2026-02-05, serious_injury_count: 3,
         status_code: cancelled}
      - {in: y, incident_name: C, occurred_date: 2026-03-05, death_count: 1}
    expect:
      - {span: ytd 2026-03, n: 2, n_rows: 1, why: A 重伤2人；B已核销；C没有重伤}
"""
ROW = {
    "indicator_code": "serious_injury_count",
    "name_zh": "重伤人数",
    "formula_id": "serious_injuries",
    "numerator_zh": "纳入统计事故的重伤人数",
    "definition_zh": "纳入统计的生产安全事故重伤人数。",
    "sort_no": "25",
    "reported_item": "",
}


@pytest.mark.slow
def test_one_file_one_row_and_cases_are_enough(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    ignored = shutil.ignore_patterns(".git", ".venv", "home", "__pycache__", ".*_cache")
    shutil.copytree(REPOSITORY, copy, ignore=ignored)
    (copy / "sql/indicators/ind_serious_injury_count.sql").write_text(SQL, encoding="utf-8")
    (copy / "tests/golden/ind_serious_injury_count.yml").write_text(CASES, encoding="utf-8")
    add_row(copy / "sql/catalogue/indicators.csv")

    golden = run(
        copy, "-m", "pytest", "-q", "tests/golden", "-k", "serious", "-p", "no:cacheprovider"
    )
    assert "failed" not in golden
    ledgers = [str(p) for p in sorted((copy / "data/sample").glob("事故台账-*.xlsx"))]
    run(copy, "-m", "etl", "load", *ledgers, "--home", str(tmp_path / "home"))
    served = tmp_path / "home/demo/builds/serve-1.duckdb"
    with duckdb.connect(str(served), read_only=True) as connection:
        rows = connection.execute(
            "select f.numerator, sum(m.amount) from marts.figure as f, marts.measure as m"
            " where f.indicator_code = 'serious_injury_count'"
            " and m.indicator_code = f.indicator_code and f.span_kind = 'year'"
            " and f.span_month = date '2025-12-01' and f.unit_role = 'total'"
            " and year(m.month) = 2025 group by 1"
        ).fetchall()
    assert len(rows) == 1
    assert rows[0][0] == rows[0][1] > 0


def add_row(path: Path) -> None:
    """The catalogue row, taken over from 死亡人数 where it does not differ."""
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    model = next(row for row in rows if row["indicator_code"] == "death_count")
    with path.open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, list(model), lineterminator="\n").writerow(model | ROW)


def run(folder: Path, *words: str) -> str:
    """Run Python in the copy; its output is shown when it fails."""
    done = subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
