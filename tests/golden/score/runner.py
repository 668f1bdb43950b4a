"""Golden cases of the ranking: printed figures of a few units, and ranks worked out by hand.

A case states the scheme, its items and each unit's figures of 1—N月 as the warehouse prints them;
the runner puts them where `marts.figure` would be and builds the ranking from the project's own
SQL, `marts.scheme` to `marts.score`.
"""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from etl.build.inputs.build_inputs import put_catalogue
from etl.build.inputs.scheme_tables import COLUMNS, OPTIONAL
from tests.contract import repository
from warehouse.models.database import Connection, build_model, open_scratch, put_table
from warehouse.models.sql_models import Model, load_models

FOLDER = Path(__file__).parent
DEFAULTS = yaml.safe_load((FOLDER / "defaults.yml").read_text(encoding="utf-8"))
RATIOS = {
    row["indicator_code"]
    for row in repository.rows(repository.SQL / "catalogue" / "indicators.csv")
    if row["value_form"] == "ratio"
}
MONEY = pa.decimal128(18, 4)
FIGURE = pa.schema(
    [(name, pa.string()) for name in ("indicator_code", "span_kind", "unit_role", "unit_id")]
    + [("coverage_state", pa.string()), ("coverage_zh", pa.string())]
    + [("category_code", pa.string()), ("span_month", pa.date32()), ("state", pa.string())]
    + [(name, MONEY) for name in ("numerator", "denominator", "value")]
)
LEFT_OUT = pa.schema(
    [
        ("indicator_code", pa.string()),
        ("span_month", pa.date32()),
        ("unit_id", pa.string()),
        ("handed_back_count", pa.int32()),
        ("bare_count", pa.int32()),
    ]
)
UNIT = pa.schema(
    [(name, pa.string()) for name in ("unit_id", "group_code", "sort_no", "valid_from", "valid_to")]
)
SPAN = pa.schema(
    [("span_kind", pa.string())]
    + [(name, pa.date32()) for name in ("span_month", "previous_month", "last_date")]
)
RANKING = tuple(m for m in load_models() if m.full_name.startswith(("marts.sc", "checks.chk_sc")))


def load_cases(path: Path) -> list[dict[str, Any]]:
    """The cases of one file."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"])


def build_case(case: dict[str, Any]) -> Connection:
    """A ranking in memory over just this case's figures."""
    connection = open_scratch()
    put_catalogue(connection, load_models())
    _put_profile(connection, case)
    _put_months(connection, case)
    _put_figures(connection, case)
    rebuild(connection)
    return connection


def rebuild(connection: Connection, replaced: Model | None = None) -> None:
    """Build the ranking's models; with a mutated one, that and those that come after it."""
    names = [model.full_name for model in RANKING]
    start = names.index(replaced.full_name) if replaced else 0
    for model in RANKING[start:]:
        swap = replaced is not None and replaced.full_name == model.full_name
        build_model(connection, replaced if swap and replaced else model)


def _put_profile(connection: Connection, case: dict[str, Any]) -> None:
    schemes = [{**DEFAULTS["scheme"], **given} for given in case.get("schemes", [{}])]
    items = [
        {**DEFAULTS["item"], "version": scheme["version"], "sort_no": number, **item}
        for scheme in schemes
        for number, item in enumerate(case["items"], 1)
    ]
    for name, rows in (("schemes", schemes), ("scheme_items", items)):
        columns = [*COLUMNS[name].split(), *OPTIONAL[name]]
        texts = [{c: str(row[c]) if c in row else "" for c in columns} for row in rows]
        put_table(connection, f"profile.{name}", pa.Table.from_pylist(texts))
    units = [
        {**DEFAULTS["unit"], "unit_id": unit_id, "sort_no": str(number), **(given or {})}
        for number, (unit_id, given) in enumerate(case["units"].items(), 1)
    ]
    put_table(connection, "profile.units", pa.Table.from_pylist(units, schema=UNIT))
    target = {
        "indicator_code": "larger_incident_count",
        "target_id": "t",
        "is_own": True,
        "is_soft": True,
    }
    put_table(connection, "marts.target", pa.Table.from_pylist([target]))


def _put_months(connection: Connection, case: dict[str, Any]) -> None:
    rows = []
    for month in map(_month, case["figures"]):
        after = (month + timedelta(days=31)).replace(day=1)
        before = (month - timedelta(days=1)).replace(day=1)
        rows.append(
            {
                "span_kind": "ytd",
                "span_month": month,
                "previous_month": before,
                "last_date": after - timedelta(days=1),
            }
        )
    never = {"span_kind": "month", "last_date": date(2099, 12, 31), "previous_month": None}
    spans = rows + [row | never | {"span_month": date(2025, 1, 1)} for row in rows]
    put_table(connection, "core.dim_span", pa.Table.from_pylist(spans, schema=SPAN))
    as_of = case.get("as_of", rows[-1]["last_date"])
    opening = (as_of + timedelta(days=1)).replace(day=1) - timedelta(days=1)
    put_table(connection, "marts.data_state", pa.table({"opening_month": [opening.replace(day=1)]}))


def _put_figures(connection: Connection, case: dict[str, Any]) -> None:
    indicators = {item["item_code"]: item["indicator_code"] for item in case["items"]}
    rows = [
        {
            "indicator_code": indicators[item],
            "span_month": _month(month),
            "unit_id": unit,
            **_figure(given, indicators[item] in RATIOS),
        }
        for month, by_unit in case["figures"].items()
        for unit, by_item in by_unit.items()
        for item, given in by_item.items()
    ]
    common = {"span_kind": "ytd", "unit_role": "territory", "category_code": "*"}
    decoys = [{**common, key: other} for key, other in DEFAULTS["decoys"].items()]
    figures = [{**row, **kind} for row in rows for kind in (common, *decoys)]
    for index, row in enumerate(figures):
        if index % (len(decoys) + 1):
            # Figures of other spans, roles and categories must not be read.
            row["value"] = row["numerator"] = Decimal(1)
    put_table(connection, "marts.figure", pa.Table.from_pylist(figures, schema=FIGURE))
    left_out = [
        {"indicator_code": indicators[item], "span_month": _month(month), "unit_id": unit, **given}
        for month, by_unit in case.get("left_out", {}).items()
        for unit, by_item in by_unit.items()
        for item, given in by_item.items()
    ]
    put_table(connection, "marts.left_out", pa.Table.from_pylist(left_out, schema=LEFT_OUT))


def _figure(given: Any, is_ratio: bool) -> dict[str, Any]:
    """`90` a value over ten, `{value: 66.7, n: 2, of: 3}` with its parts, `missing`, `none`."""
    if given == "missing":
        return {"state": "not_reported", "numerator": None, "denominator": None, "value": None}
    if given == "none":
        return {"state": "not_applicable", "numerator": None, "denominator": None, "value": None}
    stated = given if isinstance(given, dict) else {"value": given, "of": 10}
    value = Decimal(str(stated["value"]))
    whole = Decimal(stated["of"])
    reached = value * whole / 100 if is_ratio else value
    return {
        "state": "value" if value else "zero_reported",
        "coverage_state": stated.get("coverage", "whole"),
        "numerator": Decimal(stated["n"]) if "n" in stated else reached,
        "denominator": whole,
        "value": value,
    }


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


UNIT_COLUMNS = {
    "score": "s.score",
    "rank": "s.rank_no",
    "state": "s.state",
    "tier": "s.tier_zh",
    "mark": "s.mark",
    "vetoed": "s.is_vetoed",
    "movement": "s.movement",
    "moved": "s.movement_state",
    "counted": "s.counted_points",
    "ranked": "s.ranked_count",
    "tied": "s.tied_count",
    "order": "row_number() over (partition by s.version, s.list_code, s.span_month"
    " order by s.rank_no nulls last, s.sort_no)",
}
ITEM_COLUMNS = {
    "share": "i.share",
    "earned": "i.earned_points",
    "lost": "i.lost_points",
    "line": "i.line_state",
    "largest": "i.is_largest_loss",
    "reason": "i.reason_zh",
    "veto": "i.is_veto",
}


def differences(connection: Connection, expect: list[dict[str, Any]]) -> list[str]:
    """What the build says otherwise than the case; empty when all agree."""
    return [words for expected in expect for words in _difference(connection, expected)]


def _difference(connection: Connection, expected: dict[str, Any]) -> list[str]:
    columns = ITEM_COLUMNS if "item" in expected else UNIT_COLUMNS
    found = _stored(connection, expected, columns)
    if expected.get("absent"):
        return [f"{expected} 不应出现"] if found else []
    if found is None:
        return [f"{expected} 没有这一行"]
    wrong = []
    for key in expected.keys() & columns.keys():
        value = expected[key]
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if found[key] != (Decimal(str(value)) if is_number else value):
            wrong.append(
                f"{expected['unit']} {key}: 应为 {value}，得 {found[key]}（{expected['why']}）"
            )
    return wrong


def _stored(
    connection: Connection, expected: dict[str, Any], columns: dict[str, str]
) -> dict[str, Any] | None:
    picked = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    month = _month(expected["month"])
    if "item" in expected:
        sql = f"select {picked}, i.unit_id from marts.score_item as i where i.item_code = ?"
        sql, value = f"{sql} and i.span_month = ?", expected["item"]
    else:
        sql = f"select {picked}, s.unit_id from marts.score as s where s.list_code = ?"
        sql, value = f"{sql} and s.span_month = ?", expected.get("list", "*")
    cursor = connection.execute(
        f"select * from ({sql}) where unit_id = ?", [value, month, expected["unit"]]
    )
    names = [column[0] for column in cursor.description]
    found = cursor.fetchall()
    return dict(zip(names, found[0], strict=True)) if len(found) == 1 else None


def faults(connection: Connection) -> list[str]:
    """What the check says of the case's scheme."""
    return [
        row[0] for row in connection.execute("select detail_zh from checks.chk_scheme").fetchall()
    ]
