"""Rooms: in which order they may use each other, and how much each may hold."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.repository import ROOT, SQL, name_of, python_files
from tests.contract.test_imports import imported, module_name

#: Rooms of a package from the ground up, and modules that lie in none: each may import itself and
#: those before it.
ORDER = {
    "etl": (
        "declarations cells formats.raw formats.xlsx formats.grid formats.binary formats.xml"
        " formats.text formats recognise layout judge.records judge.undeclared judge.balance judge"
        " intake decisions build.inputs build changes documents documents.templates"
        " documents.returned commands __main__"
    ).split(),
    "sample": "facts books __main__".split(),
    "pages.ui": (
        "kit access figure page scorecard double_decline hazards risk ranking intake duplicates"
        " quality reporting workbench catalogue briefing"
    ).split(),
    "reports": (
        "safe_html document_files source build_note uncounted missing_ledgers sentences"
        " figure_text table_files print_sheet sparklines"
        " trends scorecard slides ranking quality reminders workbench __main__"
    ).split(),
    "warehouse": (
        "formats shared_faults command_line files models versions queries guard accounts"
    ).split(),
}
MOST_MODULES = 12
#: The names rooms use by convention, so that they may stand in several.
CONVENTION = frozenset({"__init__", "__main__", "command", "workbook"})
PRODUCT = ("etl", "sample", "pages/ui", "reports", "warehouse")


def room_of(module: str, package: str) -> str:
    """The longest room of the package that a dotted name lies in; empty when in none."""
    inside = module.removeprefix(f"{package}.")
    rooms = [room for room in ORDER[package] if f"{inside}.".startswith(f"{room}.")]
    return max(rooms, key=len, default="")


def steps(package: str) -> Iterator[tuple[str, str, str]]:
    """Every import of a package's module by a module of the package, as rooms."""
    for path in python_files(package.replace(".", "/")):
        here = room_of(module_name(path), package)
        for name in imported(path):
            if name.startswith(f"{package}.") and (there := room_of(name, package)):
                yield name_of(path), here, there


@pytest.mark.parametrize("package", ORDER)
def test_rooms_use_only_what_lies_below(package: str) -> None:
    order = ORDER[package]
    wrong = {
        f"{path}: {here} → {there}"
        for path, here, there in steps(package)
        if here and order.index(there) > order.index(here)
    }
    assert wrong == set()


@pytest.mark.parametrize("package", ORDER)
def test_every_module_lies_in_a_room(package: str) -> None:
    lost = [
        name_of(path)
        for path in python_files(package.replace(".", "/"))
        if path.stem != "__init__" and not room_of(module_name(path), package)
    ]
    assert lost == []


def test_no_room_is_crowded() -> None:
    held = Counter(path.parent for path in python_files(*PRODUCT) if not path.stem.startswith("__"))
    held.update(path.parent for room in ("marts", "core", "queries") for path in sql_in(room))
    assert {name_of(room): n for room, n in held.items() if n > MOST_MODULES} == {}


def sql_in(folder: str) -> list[Path]:
    return sorted((SQL / folder).rglob("*.sql"))


def test_a_name_stands_in_one_room() -> None:
    places = defaultdict(set)
    for path in python_files(*PRODUCT):
        if path.stem not in CONVENTION:
            places[path.stem].add(name_of(path.parent))
    assert {stem: rooms for stem, rooms in places.items() if len(rooms) > 1} == {}


def test_a_room_says_in_a_sentence_what_it_is_for() -> None:
    for path in python_files(*PRODUCT):
        if path.name == "__init__.py" and path.parent.parent != ROOT / "pages":
            text = path.read_text(encoding="utf-8")
            assert text.startswith('"""') or not text, name_of(path)


def test_the_recipe_takes_in_all_that_judges() -> None:
    from etl.declarations.recipe import JUDGING_ROOMS

    known = {module_name(path): path for path in python_files("etl")}
    todo, seen = ["etl.judge.judge"], set[str]()
    while todo:
        module = todo.pop()
        if module in seen or module not in known:
            continue
        seen.add(module)
        for name in imported(known[module]):
            todo += [name, name.rpartition(".")[0]]
    rooms = {module.split(".")[1] for module in seen if module.count(".") > 1}
    assert len(seen) > 50
    assert rooms <= set(JUDGING_ROOMS)
