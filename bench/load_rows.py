"""G4: a million accepted rows into a candidate with lineage and key check, beside a bare load.

`python -m bench.load_rows [ROWS] [REPEATS]`. ours: the lake table with file, sheet, row and
receipt, the rows sent and what became of each (`core.fct_row_state`). floor: the same file as Arrow
into a table. usual: `executemany` of the same rows, timed on the first thousands and scaled up.

A judged ledger is wide (the printed columns), and of such rows even the bare floor takes about a
340th of `usual`: floor/usual is what the machine allows at all, ours/floor what lineage, the rows
sent and the key check cost on top of it. The goal of a thousandth is missed and stays as it is.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from etl.build.inputs.build_inputs import put_lake
from etl.declarations.declarations import load_context
from etl.intake.submissions import Submission
from etl.judge.records.verdict import accepted_schema
from warehouse.files.home import REPOSITORY, Home
from warehouse.models.database import build_model, open_scratch
from warehouse.models.sql_models import Model, load_models

PROFILE = REPOSITORY / "data" / "profiles" / "demo"
DATASET = "enforcement"
SENT = 2_000
WANTED = ("core.fct_row_state",)


def write(path: Path, rows: int) -> None:
    """Accepted rows as judging hands them over: every identity once, dates over ten months."""
    schema = accepted_schema(load_context(PROFILE).sources[DATASET])
    numbers = np.arange(rows, dtype=np.int32)
    codes = pa.array(numbers).cast(pa.string())
    days = pa.array(np.datetime64("2026-01-01") + numbers % 300)
    known = {
        "sheet_no": pa.array(np.ones(rows, np.int32)),
        "table_no": pa.array(np.ones(rows, np.int32)),
        "sheet_name": pa.repeat("台账", rows),
        "row_number": pa.array(numbers + 4),
        "identity_key": codes,
        "business_date": days,
    }
    columns = [known.get(f.name, _column(f, codes, numbers)) for f in schema]
    pq.write_table(pa.table(columns, schema=schema), path, compression="zstd")


def _column(field: pa.Field, codes: pa.Array, numbers: np.ndarray) -> pa.Array:
    kind = field.type
    if kind == pa.string():
        return codes
    if pa.types.is_dictionary(kind):
        return pa.array(["云沐街道", "市应急局"]).take(pa.array(numbers % 2)).cast(kind)
    if field.name == "origin_row":
        return pa.nulls(len(codes), kind)
    if pa.types.is_date(kind):
        return pa.array(np.datetime64("2026-01-01") + numbers % 300).cast(kind)
    return pa.array(numbers % 2).cast(kind)


def ours(path: Path, folder: Path) -> None:
    """The candidate's own way in, and the key check over every row."""
    count = pq.read_metadata(path).num_rows
    row = {
        "receipt_seq": 1, "sheet_no": 1, "table_no": 1, "sheet_name": "台账", "dataset": DATASET,
        "unit_id": "total", "as_of_date": date(2026, 10, 31), "span_from_date": date(2026, 1, 1),
        "span_to_date": date(2026, 10, 31), "mode": "slice", "file_hash": "0" * 64,
        "file_name": "x.xlsx", "row_count": count, "loaded_count": count, "rejected_count": 0,
        "skipped_count": 0,
    }  # fmt: skip
    models = {model.full_name: model for model in load_models()}
    with open_scratch(folder / "ours.duckdb") as connection:
        put_lake(connection, Home(folder, "demo"), [Submission(row, path)])
        for name in _needed(models):
            build_model(connection, models[name])
        connection.execute("checkpoint")
        states = connection.execute("select state, count(*) from core.fct_row_state group by 1")
        if states.fetchall() != [("current", count)]:
            raise RuntimeError("有行没有算作现行")


def _needed(models: dict[str, Model]) -> list[str]:
    """The models the key check reads, in building order."""
    wanted: set[str] = set()
    for name in reversed(list(models)):
        if name in WANTED or name in wanted:
            wanted |= {other for other in models if other in models[name].sql} | {name}
    return [name for name in models if name in wanted]


def floor(path: Path, folder: Path) -> None:
    """Arrow into a table."""
    with duckdb.connect(str(folder / "floor.duckdb"), config={"threads": "2"}) as connection:
        connection.register("incoming", pq.read_table(path))
        connection.execute("create table ledger as select * from incoming")
        connection.execute("checkpoint")


def usual(path: Path, folder: Path) -> None:
    """Row by row, on the first rows only."""
    head = pq.read_table(path).slice(0, SENT)
    with duckdb.connect(str(folder / "usual.duckdb")) as connection:
        connection.register("incoming", head)
        connection.execute("create table ledger as select * from incoming limit 0")
        marks = ",".join("?" * head.num_columns)
        rows = [list(row.values()) for row in head.to_pylist()]
        before = time.perf_counter()
        connection.execute("begin")
        connection.executemany(f"insert into ledger values ({marks})", rows)
        connection.execute("commit")
        print(time.perf_counter() - before)


WAYS: dict[str, Callable[[Path, Path], None]] = {"ours": ours, "floor": floor, "usual": usual}


def measured(way: str, path: Path) -> float:
    """Seconds of one way in a fresh process, imports left out."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "bench.load_rows", "--way", way, str(path), folder]
        told = subprocess.run(words, cwd=REPOSITORY, capture_output=True, text=True, check=True)
        return float(told.stdout.split()[-1])


def main(rows: int, repeats: int) -> None:
    """Run every way in turn and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.parquet"
        write(path, rows)
        width = len(pq.read_schema(path))
        print(f"{rows} 行 {width} 列，{path.stat().st_size / 2**20:.1f} MiB，{repeats} 次取中位数")
        taken: dict[str, list[float]] = {way: [] for way in WAYS}
        for _ in range(repeats):
            for way in WAYS:
                taken[way].append(measured(way, path))
    seconds = {way: statistics.median(runs) for way, runs in taken.items()}
    seconds["usual"] *= rows / SENT
    for way in WAYS:
        print(f"{way:6} {seconds[way]:9.2f} s")
    print(f"G4 ours/floor {seconds['ours'] / seconds['floor']:.2f} (goal <= 2.5)")
    print(f"G4 ours/usual 1/{seconds['usual'] / seconds['ours']:.0f} (goal <= 1/1000)")
    print(f"G4 floor/usual 1/{seconds['usual'] / seconds['floor']:.0f} (what this width allows)")


if __name__ == "__main__":
    if "--way" in sys.argv:
        _, _, name, rows_file, target = sys.argv
        started = time.perf_counter()
        WAYS[name](Path(rows_file), Path(target))
        if name != "usual":
            print(time.perf_counter() - started)
    else:
        given = [int(word) for word in sys.argv[1:]]
        main(*(given + [1_000_000, 3][len(given) :]))
