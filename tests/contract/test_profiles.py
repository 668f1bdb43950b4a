"""Contract of `data/profiles`: a jurisdiction is a folder of complete, consistent CSV files.

Six files every profile has; the two of a ranking scheme it may leave out.
"""

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from etl.build.inputs import scheme_tables
from etl.build.inputs.unit_table import VALID, month_of

ROOT = Path(__file__).resolve().parents[2]
PROFILES = sorted(path for path in (ROOT / "data" / "profiles").iterdir() if path.is_dir())
COLUMNS = {
    "profile": "key,value",
    "units": "unit_id,name_zh,short_name,kind,role_territory,role_department,role_actor,group_code,"
    "sort_no,valid_from,valid_to,code_mca,code_nbs,tile_row,tile_col",
    "groups": "group_code,name_zh,unit_role,is_ranked,sort_no",
    "aliases": "alias,unit_id,note",
    "targets": "target_id,digest_id,indicator_code,level,category_code,period_from,period_to,"
    "comparator,target_value,is_soft,judged,document,article,quote,formula_id,note",
    "report_calendar": "dataset,unit_id,rhythm,due_day,covers,month_from,month_to",
}
SCHEME_FILES = {name: columns.replace(" ", ",") for name, columns in scheme_tables.COLUMNS.items()}
#: Parameters a way of scoring needs, beside its points.
NEEDED = {
    "completion": {"full_at", "zero_at"},
    "steps": {"step1_at", "step1_share", "step2_at", "step2_share", "step3_at", "step3_share"},
    "deduct": {"full_at", "unit_points", "floor_points"},
    "bonus": {"zero_at", "unit_points"},
    "veto": {"veto_comparator", "veto_value"},
}
PROFILE_KEYS = {"name_zh", "office_zh", "total_unit_name", "is_synthetic", "parent_zh"}
RESERVED = {"total": (0, 0, 0), "direct": (1, 0, 0), "unassigned": (1, 1, 1)}
ROLES_OF_KIND = {
    "合计": {(0, 0, 0)},
    "县区": {(1, 0, 1)},
    "街道": {(1, 0, 1)},
    "镇": {(1, 0, 1)},
    "功能区": {(1, 0, 1)},
    "市直": {(1, 0, 0)},
    "部门": {(0, 1, 1), (0, 0, 1)},
    "未归属": {(1, 1, 1)},
}
PLACE_KINDS = {"县区", "街道", "镇", "功能区"}
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")

each_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda path: path.name)
each_ranked = pytest.mark.parametrize(
    "profile", [p for p in PROFILES if (p / "schemes.csv").is_file()], ids=lambda path: path.name
)


@cache
def rows(path: Path) -> tuple[dict[str, str], ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def table(profile: Path, name: str) -> tuple[dict[str, str], ...]:
    return rows(profile / f"{name}.csv")


def catalogue(name: str) -> tuple[dict[str, str], ...]:
    return rows(ROOT / "sql" / "catalogue" / f"{name}.csv")


def normal(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def roles(unit: dict[str, str]) -> tuple[int, int, int]:
    territory, department, actor = (
        int(unit[f"role_{role}"]) for role in ("territory", "department", "actor")
    )
    return territory, department, actor


def repeated(values: list[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_the_two_promised_profiles_exist() -> None:
    assert {"demo", "tengzhou"} <= {path.name for path in PROFILES}


@each_profile
def test_every_file_has_its_columns(profile: Path) -> None:
    for name, columns in COLUMNS.items():
        first_line = (profile / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert first_line == columns, name
        assert table(profile, name), f"{name} is empty"
        assert all(None not in row and None not in row.values() for row in table(profile, name))


@each_profile
def test_profile_keys(profile: Path) -> None:
    values = {row["key"]: row["value"] for row in table(profile, "profile")}
    assert set(values) == PROFILE_KEYS
    assert values["is_synthetic"] == ("1" if profile.name == "demo" else "0")
    assert all(values[key] for key in PROFILE_KEYS - {"parent_zh"})


@each_profile
def test_units_have_unique_ascii_ids_and_names(profile: Path) -> None:
    units = table(profile, "units")
    for column in ("unit_id", "name_zh", "short_name", "sort_no"):
        assert not repeated([unit[column] for unit in units]), column
    for column in ("code_mca", "code_nbs"):
        assert not repeated([unit[column] for unit in units if unit[column]]), column
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", unit["unit_id"]) for unit in units)
    assert not any(re.search(r"[A-Za-z]", unit["name_zh"] + unit["short_name"]) for unit in units)
    assert [int(unit["sort_no"]) for unit in units] == sorted(
        int(unit["sort_no"]) for unit in units
    )


@each_profile
def test_units_begin_and_end_on_a_date_or_a_month(profile: Path) -> None:
    for unit in table(profile, "units"):
        assert all(MONTH.fullmatch(month_of(unit, name)) for name in VALID if unit[name])


@each_profile
def test_roles_follow_the_kind_and_reserved_units_exist(profile: Path) -> None:
    units = {unit["unit_id"]: unit for unit in table(profile, "units")}
    for unit in units.values():
        assert roles(unit) in ROLES_OF_KIND[unit["kind"]], unit["unit_id"]
    for unit_id, expected in RESERVED.items():
        assert roles(units[unit_id]) == expected
    single = [unit["kind"] for unit in units.values() if unit["kind"] in {"合计", "市直", "未归属"}]
    assert sorted(single) == sorted(["合计", "市直", "未归属"])


@each_profile
def test_groups_partition_places_and_departments(profile: Path) -> None:
    groups = {group["group_code"]: group for group in table(profile, "groups")}
    for column in ("group_code", "name_zh", "sort_no"):
        assert not repeated([group[column] for group in table(profile, "groups")]), column
    used = set()
    for unit in table(profile, "units"):
        if unit["unit_id"] in RESERVED:
            assert not unit["group_code"]
            continue
        group = groups[unit["group_code"]]
        assert unit[f"role_{group['unit_role']}"] == "1", unit["unit_id"]
        used.add(unit["group_code"])
    assert used == set(groups)


@each_profile
def test_tiles_of_places_are_distinct(profile: Path) -> None:
    places = [unit for unit in table(profile, "units") if unit["kind"] in PLACE_KINDS]
    tiles = [(int(unit["tile_row"]), int(unit["tile_col"])) for unit in places]
    assert len(set(tiles)) == len(tiles)
    rest = [unit for unit in table(profile, "units") if unit["kind"] not in PLACE_KINDS]
    assert not any(unit["tile_row"] or unit["tile_col"] for unit in rest)


@each_profile
def test_each_alias_resolves_to_one_unit_or_is_ambiguous(profile: Path) -> None:
    unit_ids = {unit["unit_id"] for unit in table(profile, "units")} - {"total"}
    aliases = table(profile, "aliases")
    names = [normal(unit["name_zh"]) for unit in table(profile, "units")]
    assert not repeated([normal(row["alias"]) for row in aliases] + names)
    for row in aliases:
        assert row["unit_id"] in unit_ids or (not row["unit_id"] and row["note"]), row["alias"]
    assert any(not row["unit_id"] for row in aliases), "no ambiguous alias declared"


@each_profile
def test_every_short_name_resolves_to_its_own_unit(profile: Path) -> None:
    known = {row["alias"]: row["unit_id"] for row in table(profile, "aliases")}
    known |= {unit["name_zh"]: unit["unit_id"] for unit in table(profile, "units")}
    for unit in table(profile, "units"):
        assert known.get(unit["short_name"]) == unit["unit_id"], unit["short_name"]


def test_demo_places_are_invented() -> None:
    real = {row["name_zh"] for row in rows(Path(__file__).with_name("real_towns.csv"))}
    for profile in PROFILES:
        if profile.name != "demo":
            places = [unit for unit in table(profile, "units") if unit["kind"] in PLACE_KINDS]
            real |= {unit["name_zh"] for unit in places} | {unit["short_name"] for unit in places}
    real -= {"经开区", "化工园区"}  # generic words, not names
    demo = ROOT / "data" / "profiles" / "demo"
    for unit in table(demo, "units"):
        if unit["kind"] in PLACE_KINDS:
            assert unit["name_zh"] not in real and unit["short_name"] not in real
            assert not any((unit["short_name"] + end) in real for end in ("镇", "乡", "街道"))
    assert not any(unit["code_mca"] or unit["code_nbs"] for unit in table(demo, "units"))


@each_profile
def test_targets_quote_the_digest(profile: Path) -> None:
    policy = {row["id"]: row for row in catalogue("policy")}
    for target in table(profile, "targets"):
        demand = policy[target["digest_id"]]
        assert (target["quote"], target["article"]) == (demand["quote"], demand["article"])
        assert demand["doc_no"] in target["document"] and target["document"].startswith("《")
        assert target["target_id"].startswith(target["digest_id"])
    assert not repeated([target["target_id"] for target in table(profile, "targets")])


@each_profile
def test_targets_refuse_another_formula(profile: Path) -> None:
    indicators = {row["indicator_code"]: row for row in catalogue("indicators")}
    codes = rows(ROOT / "sql" / "dictionary" / "codes.csv")
    categories = {row["code"] for row in codes if row["code_list"] == "training_category"} | {"*"}
    levels = {unit["unit_id"] for unit in table(profile, "units")}
    levels |= {group["group_code"] for group in table(profile, "groups")}
    for target in table(profile, "targets"):
        indicator = indicators[target["indicator_code"]]
        assert target["formula_id"] == indicator["formula_id"]
        assert target["level"] in levels and target["category_code"] in categories
        assert target["category_code"] == "*" or indicator["has_category"] == "1"


@each_profile
def test_target_values_and_periods(profile: Path) -> None:
    spans: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for target in table(profile, "targets"):
        assert target["comparator"] in {"<", "<=", ">=", "=", "down_yoy"}
        assert (target["comparator"] == "down_yoy") == (target["target_value"] == "")
        assert target["is_soft"] in {"0", "1"} and target["judged"] in {"standing", "period_end"}
        assert target["target_value"] == "" or float(target["target_value"]) >= 0
        assert MONTH.fullmatch(target["period_from"]) and MONTH.fullmatch(target["period_to"])
        assert target["period_from"] <= target["period_to"]
        key = (target["indicator_code"], target["level"], target["category_code"])
        spans[key].append((target["period_from"], target["period_to"]))
    for key, periods in spans.items():
        for (_, first_end), (second_start, _) in combinations(sorted(periods), 2):
            assert first_end < second_start, f"{key} has two targets at once"


@each_profile
def test_report_calendar(profile: Path) -> None:
    units = {unit["unit_id"]: unit for unit in table(profile, "units")}
    datasets = {path.parent.name for path in (ROOT / "etl" / "sources").glob("*/source.toml")}
    calendar = table(profile, "report_calendar")
    assert {duty["dataset"] for duty in calendar} == datasets
    assert not repeated([duty["dataset"] + " " + duty["unit_id"] for duty in calendar])
    for duty in calendar:
        assert roles(units[duty["unit_id"]])[2] and duty["unit_id"] != "unassigned"
        assert duty["rhythm"] in {"month", "quarter", "year"} and 1 <= int(duty["due_day"]) <= 28
        assert MONTH.fullmatch(duty["month_from"])
        assert duty["month_to"] == "" or duty["month_from"] <= duty["month_to"]
    for dataset in datasets:
        covers = [duty["covers"] for duty in calendar if duty["dataset"] == dataset]
        assert covers == ["all"] or set(covers) == {"own"}, dataset


@each_ranked
def test_scheme_files_have_their_columns(profile: Path) -> None:
    for name, columns in SCHEME_FILES.items():
        first_line = (profile / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert first_line == columns, name
        assert all(None not in row and None not in row.values() for row in table(profile, name))


@each_ranked
def test_a_scheme_ranks_groups_that_are_ranked_and_rests_on_a_document(profile: Path) -> None:
    groups = {g["group_code"]: g for g in table(profile, "groups")}
    policy = {row["id"]: row for row in catalogue("policy")}
    versions = [(s["scheme_code"], s["version"]) for s in table(profile, "schemes")]
    assert not repeated([" ".join(version) for version in versions])
    for scheme in table(profile, "schemes"):
        assert all(groups[code]["is_ranked"] == "1" for code in scheme["group_codes"].split(";"))
        demand = policy[scheme["digest_id"]]
        assert (scheme["quote"], scheme["article"]) == (demand["quote"], demand["article"])
        assert demand["doc_no"] in scheme["document"]
        assert "没有给出" in scheme["note"], "the documents give no weights: the note says so"
        assert MONTH.fullmatch(scheme["month_from"])
        assert scheme["missing_report"] in {"out", "zero"}
        tiers = [float(scheme[f"tier{number}_from"]) for number in (1, 2, 3)]
        assert tiers == sorted(tiers, reverse=True)


@each_ranked
def test_items_score_rankable_indicators_by_whole_rules(profile: Path) -> None:
    indicators = {row["indicator_code"]: row for row in catalogue("indicators")}
    soft = {t["indicator_code"] for t in table(profile, "targets") if t["is_soft"] == "1"}
    for item in table(profile, "scheme_items"):
        indicator = indicators[item["indicator_code"]]
        assert item["unit_role"] in indicator["unit_roles"].split(";")
        assert all(item[column] for column in NEEDED[item["mode"]]), item["item_code"]
        assert item["mode"] == "veto" or indicator["is_rankable"] == "1"
        assert (item["mode"] == "veto") == (not item["points"])
        assert not item["minimum_denominator"] or indicator["value_form"] == "ratio"
        assert not item["veto_comparator"] or item["indicator_code"] not in soft
        assert bool(item["veto_comparator"]) == bool(item["veto_value"])
        assert item["item_zh"] and item["note"], "every item says its rule in words"


@each_ranked
def test_items_of_each_version_add_up_to_a_hundred(profile: Path) -> None:
    points: dict[tuple[str, str], float] = defaultdict(float)
    for item in table(profile, "scheme_items"):
        if item["mode"] not in {"bonus", "veto"}:
            points[item["scheme_code"], item["version"]] += float(item["points"])
    versions = {(s["scheme_code"], s["version"]) for s in table(profile, "schemes")}
    assert points == dict.fromkeys(versions, 100.0)
