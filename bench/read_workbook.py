"""G1, G3: a 100 000-row workbook to judged rows, beside the bare reader and the usual way.

`python -m bench.read_workbook [ROWS] [REPEATS]`. Each way runs in a process of its own, in turn,
and the medians of one run are compared; seconds of another machine say nothing.
floor: fastexcel → DuckDB, no judging. usual: pandas with openpyxl → DuckDB.
"""

import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from warehouse.files.home import REPOSITORY

PROFILE = REPOSITORY / "data" / "profiles" / "demo"
HEADERS = REPOSITORY / "etl" / "sources" / "enforcement" / "headers.csv"
CELLS = {
    "actor_id": "云沐街道",
    "inspected_date": "2026.3.{day}",
    "territory_id": "云沐街道",
    "department_id": "市应急局",
    "sector_code": "消防",
    "inspection_kind_code": "计划检查",
    "is_online": "是",
    "is_unit_penalised": "否",
    "is_principal_penalised": "否",
    "penalty_kind_code": "监督处罚",
    "penalty_date": "2026-03-30",
}


def write(path: Path, rows: int) -> None:
    """An enforcement ledger of the demo profile with every declared column."""
    with HEADERS.open(encoding="utf-8", newline="") as handle:
        template = next(csv.DictReader(handle))
    template.pop("template")
    fields = {f: t.split("|")[0].split("/")[-1] for f, t in template.items() if t}
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("2026年")
    sheet.write_row(0, 0, ["2026年1—10月行政执法检查台账（模拟数据）"])
    sheet.write_row(1, 0, ["填报单位：云沐街道", "截至2026年10月31日"])
    sheet.write_row(2, 0, list(fields.values()))
    for number in range(rows):
        sheet.write_row(number + 3, 0, [cell(field, number) for field in fields])
    book.close()


def cell(field: str, number: int) -> str | int:
    """One cell, as a clerk would write it."""
    if field in CELLS:
        return CELLS[field].format(day=number % 28 + 1)
    if field.endswith(("_count", "_wan")):
        return number % 7
    return f"{field[:2].upper()}{number:07d}"


def ours(path: Path, folder: Path) -> None:
    """Preflight, judging of every row, all balances, rows stored: what the product's child does."""
    from etl.intake.sandbox import main as judge

    if judge([str(path), str(PROFILE), str(folder)]):
        raise RuntimeError("判读没有完成")
    (sheet,) = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))["sheets"]
    sys.stderr.write(f"    {sheet['loaded']} 行入库，{sheet['rejected']} 行退回\n")


def floor(path: Path, folder: Path) -> None:
    """The bare fast reader into a table."""
    import duckdb
    import fastexcel

    reader = fastexcel.read_excel(path)
    table = reader.load_sheet(0, header_row=2, dtypes="string").to_arrow()
    with duckdb.connect(str(folder / "floor.duckdb")) as connection:
        connection.register("incoming", table)
        connection.execute("create table ledger as select * from incoming")


def usual(path: Path, folder: Path) -> None:
    """What most people write."""
    import duckdb
    import pandas as pd

    frame = pd.read_excel(path, header=2, dtype=str, engine="openpyxl")
    with duckdb.connect(str(folder / "usual.duckdb")) as connection:
        connection.register("incoming", frame)
        connection.execute("create table ledger as select * from incoming")


WAYS: dict[str, Callable[[Path, Path], None]] = {"ours": ours, "floor": floor, "usual": usual}


def measured(way: str, path: Path) -> tuple[float, float]:
    """Seconds and peak MiB of one way in a fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        before = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-m", "bench.read_workbook", "--way", way, str(path), folder],
            cwd=REPOSITORY,
        )
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise RuntimeError(f"{way} 失败")
        return time.perf_counter() - before, usage.ru_maxrss / 1024


def main(rows: int, repeats: int) -> None:
    """Run every way in turn and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write(path, rows)
        print(f"{rows} 行，{path.stat().st_size / 2**20:.1f} MiB，{repeats} 次取中位数")
        taken: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
        for _ in range(repeats):
            for way in WAYS:
                taken[way].append(measured(way, path))
    seconds = {way: statistics.median(s for s, _ in runs) for way, runs in taken.items()}
    memory = {way: statistics.median(m for _, m in runs) for way, runs in taken.items()}
    for way in WAYS:
        print(f"{way:6} {seconds[way]:7.2f} s {memory[way]:7.0f} MiB")
    print(f"G1 ours/floor {seconds['ours'] / seconds['floor']:.2f} (goal <= 2.6)")
    print(f"G1 ours/usual 1/{seconds['usual'] / seconds['ours']:.1f} (goal <= 1/6)")
    print(f"G3 memory ours/floor {memory['ours'] / memory['floor']:.2f} (goal <= 2.5)")


if __name__ == "__main__":
    if "--way" in sys.argv:
        _, _, name, workbook, target = sys.argv
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        WAYS[name](Path(workbook), Path(target))
    else:
        given = [int(word) for word in sys.argv[1:]]
        main(*(given + [100_000, 3][len(given) :]))
