"""Make a home as some commit of main makes it: run in a checkout of that commit.

    cd CHECKOUT && .venv/bin/python /path/to/tests/homes/make.py /path/to/tests/homes/COMMIT.zip

Only commands that an office types are used, so that the script serves every commit. What the
workbooks say is in `BOOKS`; the figures they make, worked out by hand, are in `COMMIT.csv`.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

PROFILE = "county"
DELIVERED = Path(__file__).resolve().parent / "profile"
MONTH = "2026-10"
LIMIT = 5 * 1024 * 1024
EPOCH = (2026, 11, 1, 0, 0, 0)  # zip members carry no clock, so that equal homes make equal zips
INCIDENT = (
    "事故编号 事故名称 发生时间 属地镇街 行业主管部门 行业分类 事故类型 是否生产经营性 是否责任事故"
    " 是否营运车辆事故 是否火灾 死亡人数 重伤人数 事故等级 事故状态 事故发生单位"
).split()
HAZARD = (
    "隐患编号 属地镇街 行业主管部门 企业名称 行业领域 隐患级别 发现渠道 发现日期 隐患描述 整改期限"
    " 整改完成日期 验收日期 销号日期 整改进展"
).split()
SPOILT = "3月底前"  # no day: a row with it is handed back by every reader
HANDED_BACK_ROW = 7  # of the first town's ledger, mended in the 退回工作簿; row 8 stays open


def towns() -> tuple[str, str]:
    """Names of the two towns."""
    with (DELIVERED / "units.csv").open(encoding="utf-8", newline="") as handle:
        first, second = (r["name_zh"] for r in csv.DictReader(handle) if r["group_code"] == "town")
    return first, second


CORRECTED = ("SG26-2", date(2026, 6, 6), towns()[1], 2)  # its deaths become 1 after the freezing


def incident(number: str, day: date, town: str, deaths: int) -> list[Any]:
    """One accident of the bureau's ledger."""
    name, kinds = (
        f"{town}示例{number}机械伤害事故",
        ["商贸制造业", "机械伤害", "是", "是", "否", "否"],
    )
    grade = ["一般事故", "已结案", f"示例{number}有限公司"]
    return [number, name, day, town, "县应急局", *kinds, deaths, 0, *grade]


def hazard(number: str, town: str, found: Any, due: date, done: date | None) -> list[Any]:
    """One major hazard of a town's ledger, closed on `done` or still open."""
    what = ["工贸", "重大隐患", "企业自查"]
    ended = [done, done, done, "已销号"] if done else [None, None, None, "整改中"]
    firm = f"示例{number}有限公司"
    return [number, town, "县应急局", firm, *what, found, "防护缺失", due, *ended]


def books() -> dict[str, tuple[str, str, list[str], list[list[Any]]]]:
    """File name → title, what stands under it, header and rows of each workbook."""
    one, other = towns()
    day = date
    return {
        "事故2025.xlsx": (
            "2025年生产安全事故台账",
            "填报单位：县应急局　　截至日期：2025年12月31日",
            INCIDENT,
            [
                incident("SG25-1", day(2025, 3, 10), one, 1),
                incident("SG25-2", day(2025, 5, 20), other, 2),
                incident("SG25-3", day(2025, 8, 8), one, 1),
                incident("SG25-4", day(2025, 11, 11), other, 1),
            ],
        ),
        "事故2026.xlsx": (
            "2026年1—10月生产安全事故台账",
            "填报单位：县应急局　　截至日期：2026年10月31日",
            INCIDENT,
            [
                incident("SG26-1", day(2026, 2, 2), one, 1),
                incident(*CORRECTED),
            ],
        ),
        "隐患一.xlsx": (
            "2026年1—10月重大事故隐患台账",
            f"填报单位：{one}　　截至日期：2026年10月31日",
            HAZARD,
            [
                hazard("YA-1", one, day(2026, 3, 1), day(2026, 4, 1), day(2026, 3, 20)),
                hazard("YA-2", one, day(2026, 4, 1), day(2026, 5, 1), day(2026, 4, 20)),
                hazard("YA-3", one, day(2026, 8, 1), day(2026, 9, 1), None),
                hazard("YA-4", one, SPOILT, day(2026, 6, 30), day(2026, 6, 15)),
                hazard("YA-5", one, SPOILT, day(2026, 9, 15), day(2026, 9, 10)),
            ],
        ),
        "隐患二.xlsx": (
            "2026年1—10月重大事故隐患台账",
            f"填报单位：{other}　　截至日期：2026年10月31日",
            HAZARD,
            [
                hazard("YB-1", other, day(2026, 1, 5), day(2026, 2, 5), day(2026, 2, 1)),
                hazard("YB-2", other, day(2026, 5, 5), day(2026, 6, 5), day(2026, 6, 1)),
                hazard("YB-3", other, day(2026, 9, 5), day(2026, 10, 5), day(2026, 10, 1)),
            ],
        ),
    }


def write_books(folder: Path) -> Path:
    """The workbooks, as the units would send them."""
    folder.mkdir()
    for name, (title, under, header, rows) in books().items():
        workbook = openpyxl.Workbook()
        sheet = workbook.worksheets[0]
        for cells in ([title], [under], header, *rows):
            sheet.append(cells)
        workbook.save(folder / name)
    return folder


def mend(path: Path) -> Path:
    """A clerk writes the day into the 更正 cell of one row handed back, and leaves the other."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook.worksheets[0]
    (row,) = [cells for cells in sheet.iter_rows(min_row=2) if cells[1].value == HANDED_BACK_ROW]
    (cell,) = [cell for cell in row if cell.value == SPOILT]
    cell.value = date(2026, 6, 1)
    workbook.save(path)
    return path


def command(root: Path, module: str, *words: str, typed: str = "") -> None:
    """One command as typed in the checkout, in the folder this is run in."""
    place = ["--home", str(root), "--profile", PROFILE]
    call = [sys.executable, "-m", module, *words, *place]
    subprocess.run(call, input=typed, text=True, check=True, env={**os.environ, "PYTHONPATH": "."})


def leave_state(root: Path) -> None:
    """A reminder and a kept question in state.sqlite, by the modules pages use."""
    code = f"""
from datetime import date
from warehouse import asked, reminders
from warehouse.files.home import Home
home = Home.find({str(root)!r}, {PROFILE!r})
reminders.note(home, '张三', date(2026, 10, 1), [('heyuan', '执法台账')])
asked.save(home, '李四', '有多少起', 'select count(*) as 起数 from 事故')
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": "."})


def fill(root: Path, folder: Path) -> None:
    """Everything that happens to the home: received, mended, frozen, corrected, asked."""
    shutil.copytree(DELIVERED, root / "profiles" / PROFILE)
    command(root, "etl", "load", str(write_books(folder / "books")), "--actor", "张三")
    command(root, "etl", "returned", "--out", str(folder / "returned"))
    (made,) = (folder / "returned").glob("*.xlsx")
    command(root, "etl", "load", str(mend(made)), "--actor", "张三")
    command(root, "etl", "freeze", MONTH)
    named = incident(*CORRECTED)[1]
    words = ["--dataset", "incident", "--identity", named, "--field", "death_count"]
    words += ["--from", "2", "--to", "1", "--why", "经调查，一人为自然死亡", "--actor", "王五"]
    command(root, "etl", "correct", *words)
    user = ["add", "zhang", "--role", "staff", "--password-stdin"]
    command(root, "warehouse.accounts", *user, typed="a-long-enough-word-2026\n")
    leave_state(root)


def pack(root: Path, target: Path) -> None:
    """The home as a zip, members in order and without a clock."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(p for p in root.rglob("*") if p.is_file()):
            info = zipfile.ZipInfo(str(path.relative_to(root)), EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())
    size = target.stat().st_size
    sys.stdout.write(f"{target}　{size / 1024:.0f} KB\n")
    if size > LIMIT:
        raise SystemExit("太大：超过 5 MB")


def main() -> None:
    """Make one home."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "home"
        fill(root, Path(folder))
        pack(root, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
