"""Tiny homes: a profile of a few invented units, and incident ledgers of a few rows."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from etl.commands.load import LoadOptions, LoadReport, load
from tests.golden.runner import PROFILE
from tests.lifecycle.workbooks import ask
from tests.unit.workbooks import Cell, book
from warehouse.files.home import DEFAULT_PROFILE, Home

CODE = "tiny"
FIELDS = ("name", "day", "place", "sector", "type", "deaths", "status")
HEADER = ("事故名称", "发生时间", "属地镇街", "行业分类", "事故类型", "死亡人数", "状态")
POLICE = "police,公安局,公安局,部门,0,1,1,department,7,,,,,,\n"
YEAR, ROAD = "事故台账.xlsx", "道路.xlsx"
IN_FORCE = "select count(*), sum(death_count) from core.fct_incident"


def tiny_home(root: Path, code: str = CODE) -> Home:
    """An empty home whose profile is that of the golden cases and a police office.

    A home's own profile hides a delivered one, so that as `demo` it stands where nothing is said.
    """
    folder = root / "profiles" / code
    shutil.copytree(PROFILE, folder)
    units = folder / "units.csv"
    units.write_text(units.read_text("utf-8") + POLICE, "utf-8")
    aliases = folder / "aliases.csv"
    aliases.write_text(aliases.read_text("utf-8") + "例市公安局交警大队,police,\n", "utf-8")
    return Home(root, code)


def case(name: str, **cells: Cell) -> dict[str, Cell]:
    """A fatal accident of 5 March in 甲镇, with some cells changed."""
    sound: dict[str, Cell] = {
        "name": name,
        "day": date(2026, 3, 5),
        "place": "甲镇",
        "sector": "建筑业",
        "type": "坍塌",
        "deaths": 1,
        "status": "已结案",
    }
    return sound | cells


def ledger(
    path: Path,
    rows: Sequence[Mapping[str, Cell]],
    *,
    title: str = "2026年1—10月生产安全事故台账",
    sender: str = "填报单位：应急局",
) -> Path:
    """A workbook of one sheet; `number` in the rows adds a column 事故编号."""
    numbered = any("number" in row for row in rows)
    fields = (*(("number",) if numbered else ()), *FIELDS)
    header: list[Cell] = [*(("事故编号",) if numbered else ()), *HEADER]
    said: list[list[Cell]] = [[sender]] if sender else []
    records = ([row.get(f) for f in fields] for row in rows)
    return book(path, {"台账": [[title], *said, header, *records]})


def cases(names: str) -> list[dict[str, Cell]]:
    """Cases by name, each on a day of its own."""
    return [case(f"{name}处事故", day=date(2026, 1 + n, 5)) for n, name in enumerate(names)]


def small_home(root: Path) -> Home:
    """A built home: six cases with one dead each, of the bureau, and the two of `road`."""
    home = tiny_home(root / "home", DEFAULT_PROFILE)
    sent = send(home, year_ledger(root / YEAR), road_ledger(root / ROAD))
    assert (sent.exit_code, standing(home)) == (0, (8, 8))
    return home


def year_ledger(path: Path, **changed: dict[str, Cell]) -> Path:
    """The bureau's ledger of the year, with cells of some cases changed, by the case's letter."""
    letters = "甲乙丙丁戊己"
    rows = zip(letters, cases(letters), strict=True)
    return ledger(path, [{**row, **changed.get(letter, {})} for letter, row in rows])


def road_ledger(path: Path, **changed: dict[str, Cell]) -> Path:
    """What the police send beside it: 壬处事故 and 癸处事故 in 乙镇, one dead each."""
    title = "例市公安局交警大队2026年1—10月道路交通事故台账"
    road: dict[str, Cell] = {"place": "乙镇", "type": "车辆伤害"}
    letters = "壬癸"
    named = zip(letters, cases(letters), strict=True)
    rows = [row | road | changed.get(letter, {}) for letter, row in named]
    return ledger(path, rows, title=title, sender="")


def send(home: Home, *paths: Path, **options: object) -> LoadReport:
    """Load in this process."""
    return load(home, list(paths), LoadOptions(**options))  # type: ignore[arg-type]


def standing(home: Home) -> tuple[int, int]:
    """Cases and deaths in force."""
    ((count, deaths),) = ask(home, IN_FORCE)
    return count, int(deaths or 0)
