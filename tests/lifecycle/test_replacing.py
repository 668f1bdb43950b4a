"""What replaces what, from the workbook to the figure, as a clerk would meet it."""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.commands.upkeep import undo
from etl.intake.receipts import in_force
from tests.lifecycle.tiny import CODE, case, cases, ledger, send, standing, tiny_home
from tests.lifecycle.workbooks import ask
from warehouse.files.home import Home

YEAR = "2026年1—10月生产安全事故台账"
FOUND = "select count(*) from marts.check_finding where check_code = '{code}'"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return tiny_home(tmp_path)


def found(home: Home, code: str) -> int:
    return int(ask(home, FOUND.format(code=code))[0][0])


def command(home: Home, *words: str) -> int:
    return main([*words, "--home", str(home.root), "--profile", CODE, "--json"])


def test_an_older_ledger_takes_nothing_until_a_person_says_so(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = send(home, ledger(tmp_path / "年.xlsx", cases("甲乙丙丁戊己")))
    assert (first.exit_code, first.waiting, standing(home)) == (0, 0, (6, 6))
    half = [*cases("甲乙丙")[:2], case("丙处事故", day=date(2026, 3, 5), deaths=2)]
    late = send(home, ledger(tmp_path / "半年.xlsx", half, title=YEAR.replace("10", "6")))
    assert (late.exit_code, late.waiting, standing(home)) == (0, 0, (6, 6))
    assert found(home, "older_differs") == 1
    (seq,) = [s for s, r in in_force(home).active.items() if r.name == "半年.xlsx"]
    assert command(home, "decide", "list") == 0
    assert "丙处事故" in json.loads(capsys.readouterr().out)["asked"][0]["detail_zh"]
    assert command(home, "decide", "adopt", str(seq)) == 1, "a reason is wanted"
    assert command(home, "decide", "adopt", str(seq), "--why", "上半年改过") == 0
    assert standing(home) == (3, 4), "丁戊己 lie in its span, it does not carry them"
    assert command(home, "decide", "adopt", str(seq), "--undo", "--why", "看错了") == 0
    assert standing(home) == (6, 6)


def test_exit_three_while_something_waits(home: Home, tmp_path: Path) -> None:
    many = [*cases("甲乙丙丁戊"), case("己处事故", deaths=0, day=date(2026, 6, 5))]
    send(home, ledger(tmp_path / "一.xlsx", many))
    fewer = ledger(tmp_path / "二.xlsx", many[:5])
    gone = send(home, fewer)
    assert (gone.exit_code, gone.waiting, gone.withdrawn) == (3, 0, 1), "one of six, no death"
    less = ledger(
        tmp_path / "三.xlsx", [*many[:4], case("戊处事故", day=date(2026, 5, 5), deaths=0)]
    )
    held = send(home, less)
    assert (held.exit_code, held.waiting, standing(home)) == (3, 1, (5, 5))
    assert held.document()["waiting"] == 1
    sure = send(home, less, accept_shrink=True)
    assert (sure.exit_code, sure.waiting, standing(home)) == (0, 0, (5, 4))


def test_what_is_handed_back_keeps_its_older_version(home: Home, tmp_path: Path) -> None:
    send(home, ledger(tmp_path / "一.xlsx", cases("甲乙丙丁戊己庚辛")))
    again = cases("甲乙丙丁戊己庚辛壬")
    again[0]["deaths"], again[2]["deaths"] = 2, "#REF!"
    newer = send(home, ledger(tmp_path / "二.xlsx", again))
    assert (newer.exit_code, newer.withdrawn, standing(home)) == (0, 0, (9, 10))


def test_an_undo_says_what_nothing_stands_for(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = send(home, ledger(tmp_path / "一.xlsx", cases("甲乙丙丁戊")))
    again = send(home, ledger(tmp_path / "二.xlsx", cases("甲乙丙丁戊己")))
    assert command(home, "undo", again.load_id) == 3, "the sixth is gone, the older five are back"
    assert json.loads(capsys.readouterr().out)["withdrawn"] == 1
    assert standing(home) == (5, 5)
    same = ledger(tmp_path / "三.xlsx", [*cases("甲乙丙丁戊")[:4], case("戊处事故", deaths=2)])
    newer = send(home, same)
    assert command(home, "undo", first.load_id) == 0, "the newer ledger stands for all of it"
    assert command(home, "undo", newer.load_id) == 3
    assert standing(home) == (0, 0)


def test_one_number_or_the_same_cells_are_one_case(home: Home, tmp_path: Path) -> None:
    numbered = [row | {"number": f"SG-{n}"} for n, row in enumerate(cases("甲乙丙丁戊"))]
    flash = case("甲处事故快报", day=date(2026, 1, 5), deaths=1, number="SG-0")
    twice = ledger(tmp_path / "编号.xlsx", [flash, *numbered])
    assert (send(home, twice).exit_code, standing(home)) == (0, (5, 5))
    assert found(home, "typed_twice") == 1
    undo(home, in_force(home).active[1].sha256, "某人", lambda _: None)
    plain = cases("甲乙丙丁戊己")
    done = send(home, ledger(tmp_path / "重填.xlsx", [*plain, plain[0]]))
    assert (done.exit_code, standing(home), found(home, "typed_twice")) == (0, (6, 6), 1)
    other = case("甲处事故", day=date(2026, 1, 5), type="触电")
    send(home, ledger(tmp_path / "同名.xlsx", [*plain, other]))
    assert (standing(home), found(home, "incident_duplicate")) == ((7, 7), 1), "two cases, asked"


def test_a_table_that_names_nobody_is_asked_about(home: Home, tmp_path: Path) -> None:
    send(home, ledger(tmp_path / "应急局.xlsx", cases("甲乙丙丁")))
    road = ledger(
        tmp_path / "道路.xlsx", cases("壬癸"), title="2026年1—10月道路交通事故台账", sender=""
    )
    asked = send(home, road)
    assert (asked.files[0]["asks"], asked.exit_code) == ("unit", 3)
    assert standing(home) == (4, 4)
    title = "例市公安局交警大队2026年1—10月道路交通事故台账"
    police = send(home, ledger(tmp_path / "交警.xlsx", cases("壬癸"), title=title, sender=""))
    assert [s["unit"] for s in police.files[0]["sheets"]] == ["police"]
    assert standing(home) == (6, 6), "beside the bureau's, not in its place"


def test_a_list_is_what_its_title_says(home: Home, tmp_path: Path) -> None:
    send(home, ledger(tmp_path / "台账.xlsx", cases("甲乙丙丁")))
    title = "2026年1—3月生产安全事故补报台账"
    more = case("甲处事故", day=date(2026, 1, 5), deaths=3)
    rows = [case("漏处事故", day=date(2026, 2, 9)), more]
    added = send(home, ledger(tmp_path / "补报.xlsx", rows, title=title))
    assert (added.exit_code, standing(home)) == (0, (5, 7))
    (sheet,) = added.files[0]["sheets"]
    assert sheet["mode"] == "append" and any("补报" in note for note in sheet["notes"])
