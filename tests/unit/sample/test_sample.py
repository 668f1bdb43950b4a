"""The sample generator: same seed same bytes, a verdict a row, facts that obey their laws."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sample import make
from sample.books.extras import RETURNED_ROWS
from sample.books.truth import truth_folder
from sample.facts.all_facts import Facts, make_facts
from sample.facts.declared_forms import Fact, day_of
from sample.facts.hazard_lives import snapshot
from sample.facts.incidents import is_counted, occurred
from sample.facts.inspections import penalised_in
from sample.facts.place import Place, read_place

ROOT = Path(__file__).resolve().parents[3]
DEMO = ROOT / "data" / "profiles" / "demo"
FIRST, LAST = date(2023, 1, 1), date(2026, 10, 31)
SEEDS = (1, 2, 7, 11)
UNIT_FIELDS = {
    *("territory_id", "zone_id", "department_id", "actor_id"),
    *("reporter_id", "sender_id", "core_territory_id"),
}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def place() -> Place:
    return read_place(DEMO)


@pytest.fixture(scope="module", params=SEEDS)
def facts(request: pytest.FixtureRequest, place: Place) -> Facts:
    return make_facts(place, FIRST, LAST, request.param, 1)


@pytest.fixture(scope="module", params=[(7, False), (11, True)], ids=["gentle", "messy"])
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    seed, messy = request.param
    out = tmp_path_factory.mktemp("sample")
    make(out, DEMO, FIRST, LAST, seed, 1, messy)
    return out


def counted(facts: Facts, year: int, months: range) -> tuple[int, int]:
    """Accidents and deaths by statistical month."""
    chosen = [
        fact
        for fact in facts.incidents.final
        if is_counted(fact)
        and day_of(fact, "stat_month").year == year
        and day_of(fact, "stat_month").month in months
    ]
    return len(chosen), sum(int(str(fact["death_count"])) for fact in chosen)


def shown_hazards(facts: Facts) -> list[Fact]:
    """Every hazard as the newest ledger of its unit shows it."""
    before = date(2026, 9, 30)
    cuts = {u: before if u in facts.hazards.unsent else LAST for u in facts.hazards.unsent}
    return [
        snapshot(life, cuts.get(life.reporter_id, LAST))
        for life in facts.hazards.lives
        if life.found <= cuts.get(life.reporter_id, LAST)
    ]


@pytest.mark.parametrize("messy", [False, True])
def test_same_seed_gives_same_bytes(tmp_path: Path, messy: bool) -> None:
    first, second, other = (tmp_path / name for name in "abc")
    span = (date(2025, 9, 1), date(2026, 3, 31))
    summary = make(first, DEMO, *span, 5, 0.3, messy)
    make(second, DEMO, *span, 5, 0.3, messy)
    make(other, DEMO, *span, 6, 0.3, messy)
    for one, two in ((first, second), (truth_folder(first), truth_folder(second))):
        names = sorted(path.name for path in one.iterdir())
        assert all((one / name).read_bytes() == (two / name).read_bytes() for name in names)
    assert len(list(first.iterdir())) == len(summary.files)
    assert (truth_folder(first) / "rows.csv").read_bytes() != (
        truth_folder(other) / "rows.csv"
    ).read_bytes()


def test_every_filled_row_has_one_verdict(sample: Path) -> None:
    told = Counter(
        (r["file"], r["sheet"], int(r["row_number"]))
        for r in rows_of(truth_folder(sample) / "rows.csv")
    )
    assert max(told.values()) == 1
    filled = set()
    for path in sample.glob("*.xlsx"):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                if any(cell is not None for cell in row):
                    filled.add((path.name, sheet.title, number))
        book.close()
    assert filled == set(told)


def test_truth_holds_the_loaded_rows_of_current_workbooks(sample: Path) -> None:
    rows = rows_of(truth_folder(sample) / "rows.csv")
    loaded = {(r["file"], r["sheet"], r["row_number"]) for r in rows if r["verdict"] == "loaded"}
    current = set()
    for path in truth_folder(sample).glob("*.csv"):
        if path.name != "rows.csv":
            places = [(r["file"], r["sheet"], r["row_number"]) for r in rows_of(path)]
            assert len(places) == len(set(places))
            current.update(places)
    assert current <= loaded
    superseded = {file for file, _, _ in loaded - current}
    assert {file.split("-")[0] for file in superseded} == {"事故台账", "隐患台账"}
    assert not superseded & {file for file, _, _ in current}


def test_the_committed_sample_is_the_default_one(tmp_path: Path) -> None:
    """If it is not: `python -m etl sample --out data/sample`, after removing what lies there."""
    committed = ROOT / "data" / "sample"
    again = tmp_path / "sample"
    summary = make(again, DEMO, FIRST, LAST, 7, 1, messy=False)
    assert {p.name for p in committed.glob("*.xlsx")} == {Path(name).name for name in summary.files}
    for path in truth_folder(again).iterdir():
        assert (truth_folder(committed) / path.name).read_bytes() == path.read_bytes(), path.name


def test_truth_columns_are_told_apart(sample: Path) -> None:
    for path in truth_folder(sample).glob("*.csv"):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert len(header) == len(set(header))


def test_reasons_and_kinds_are_declared(sample: Path) -> None:
    reasons = {row["code"] for row in rows_of(ROOT / "etl" / "sources" / "reasons.csv")}
    kinds = {"title", "header", "unit_row", "subtotal", "note", "blank_text", "unknown_sheet"}
    for row in rows_of(truth_folder(sample) / "rows.csv"):
        expected = {"loaded": {""}, "rejected": reasons, "skipped": kinds}[row["verdict"]]
        assert row["code"] in expected


def test_every_planted_fault_is_rejected_once(sample: Path) -> None:
    faults = rows_of(ROOT / "sample" / "words" / "faults.csv")
    rejected = Counter(
        (r["dataset"], r["code"])
        for r in rows_of(truth_folder(sample) / "rows.csv")
        if r["verdict"] == "rejected"
    )
    gentle = Counter((f["dataset"], f["reason_code"]) for f in faults if f["gentle"] == "1")
    every = Counter((f["dataset"], f["reason_code"]) for f in faults)
    handed_back = Counter({("hazard", "bad_date"): RETURNED_ROWS})
    assert rejected in (gentle + handed_back, every + handed_back)


def test_units_are_of_the_profile(sample: Path, place: Place) -> None:
    known = {unit.unit_id for unit in place.units} | {""}
    for path in truth_folder(sample).glob("*.csv"):
        if path.name != "rows.csv":
            for row in rows_of(path):
                units = {k: v for k, v in row.items() if k in UNIT_FIELDS}
                assert set(units.values()) <= known


def test_no_real_place_is_named(sample: Path) -> None:
    real = {"山东", "济宁", "枣庄"}
    for profile in (ROOT / "data" / "profiles").iterdir():
        facts = {row["key"]: row["value"] for row in rows_of(profile / "profile.csv")}
        if facts["is_synthetic"] != "1":
            real.add(facts["name_zh"].removesuffix("市"))
            units = rows_of(profile / "units.csv")
            real.update(u["name_zh"] for u in units if u["kind"] in ("街道", "镇", "功能区"))
    for path in truth_folder(sample).glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not [name for name in real if name in text]


def test_names_say_simulated(sample: Path) -> None:
    assert all(path.stem.endswith("模拟数据") for path in sample.glob("*.xlsx"))


def test_a_real_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="不是虚构辖区"):
        make(tmp_path, ROOT / "data" / "profiles" / "tengzhou", FIRST, LAST, 7, 1, False)


def test_both_figures_fall_but_not_in_the_last_month(facts: Facts) -> None:
    now, before = counted(facts, 2026, range(1, 11)), counted(facts, 2025, range(1, 11))
    assert now[0] < before[0]
    assert now[1] < before[1]
    october, base = counted(facts, 2026, range(10, 11)), counted(facts, 2025, range(10, 11))
    assert october[0] >= base[0] or october[1] >= base[1]
    for year in (2023, 2024, 2025):
        incidents, deaths = counted(facts, year, range(1, 13))
        assert 25 <= incidents <= 45
        assert 10 <= deaths <= 20


def test_one_larger_accident_before_the_current_year(facts: Facts) -> None:
    larger = [f for f in facts.incidents.final if int(str(f["death_count"])) >= 3]
    assert [occurred(fact).year in (2024, 2025) for fact in larger] == [True]
    assert len({fact["incident_name"] for fact in facts.incidents.final}) == len(
        facts.incidents.final
    )


def test_the_second_ledger_changes_three_cases_only(facts: Facts) -> None:
    final = {f["incident_name"]: f for f in facts.incidents.of_year(2026) if occurred(f).month < 10}
    early = {f["incident_name"]: f for f in facts.incidents.early}
    assert final.keys() == early.keys()
    changed = {n: {k for k in f if f[k] != early[n][k]} for n, f in final.items()}
    fields = sorted((sorted(fields) for fields in changed.values() if fields), key=len)
    assert len(fields) == 3
    assert fields[0] == ["death_count", "serious_injury_count"]
    assert fields[1] == ["cancel_reason_code", "cancelled_date", "status_code"]
    assert fields[2] == ["entered_date", "occurred_date", "reported_date", "stat_month"]


def test_hazards_live_in_order(facts: Facts) -> None:
    for life in facts.hazards.lives:
        assert life.found <= life.due <= life.effective_due
        assert life.found <= life.rectified <= life.accepted <= life.closed
    numbers = [life.fixed["hazard_no"] for life in facts.hazards.lives]
    assert len(numbers) == len(set(numbers))
    by_year = Counter(life.found.year for life in facts.hazards.lives)
    assert all(60 <= by_year[year] <= 120 for year in facts.years)


def test_overdue_hazards_are_the_named_ones(facts: Facts) -> None:
    overdue = [
        shown
        for shown in shown_hazards(facts)
        if shown["hazard_grade_code"] == "major"
        and (shown["extended_due_date"] or day_of(shown, "due_date")) <= LAST  # type: ignore[operator]
        and not shown["accepted_date"]
    ]
    assert len(overdue) == 6
    assert all(shown["responsible_leader"] for shown in overdue)
    assert sum(shown["status_code"] == "awaiting_acceptance" for shown in overdue) == 2


def test_lenient_actors_inspect_without_penalty(facts: Facts) -> None:
    inspections = facts.inspections
    quiet = {actor for actor, held in inspections.by_actor.items() if not penalised_in(held, 2026)}
    assert quiet == {*inspections.zero_penalty, inspections.idle}
    assert not inspections.by_actor[inspections.idle]
    for actor, held in inspections.by_actor.items():
        years = Counter(day_of(fact, "inspected_date").year for fact in held)
        assert actor == inspections.idle or all(20 <= n <= 120 for n in years.values())
        assert all(day_of(fact, "inspected_date") <= LAST for fact in held)


def test_trained_people_are_on_the_roster(facts: Facts) -> None:
    for plan in facts.training:
        roster = {fact["person_id"] for fact in plan.roster}
        passed = {f["person_id"] for f in plan.records if f["result_code"] == "passed"}
        share = len(roster & passed) / len(roster)
        assert len(roster) == len(plan.roster)
        assert 0.8 <= share <= 0.9 if plan.year == 2026 else share >= 0.95
        assert all(str(person).startswith("99") for person in roster | passed)
        assert all(day_of(fact, "trained_date").year == plan.year for fact in plan.records)


def test_stated_totals_differ_from_the_ledger_once(facts: Facts) -> None:
    ledger: Counter[tuple[str, int]] = Counter(
        (str(f["zone_id"] or f["territory_id"]), day_of(f, "stat_month").month)
        for f in facts.incidents.of_year(2026)
        if is_counted(f)
    )
    stated = {
        (str(f["reporter_id"]), day_of(f, "report_month").month): int(str(f["amount"]))
        for f in facts.reported[2026]
        if f["item_code"] == "incident_count"
    }
    differing = {key: n - ledger[key] for key, n in stated.items() if n != ledger[key]}
    assert list(differing.values()) == [1]
    assert not ledger.keys() - stated.keys()
