"""Training, certificates and published figures of a random world."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.recount.model.world import Row, Submission

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
CATEGORIES = {2025: "metal_smelting", 2026: "dust_explosion"}


def id_number(number: int) -> str:
    """An invented person's number with a right check digit."""
    body = f"990100198{number % 10}0{number % 9 + 1}15{number:03d}"
    return (
        body
        + "10X98765432"[
            sum(int(digit) * weight for digit, weight in zip(body, ID_WEIGHTS, strict=True)) % 11
        ]
    )


def credit_code(number: int) -> str:
    """An invented firm's code with a right check digit (GB 32100)."""
    body = f"91990100MA{number:07d}"
    weighed = zip(body, CODE_WEIGHTS, strict=True)
    total = sum(CODE_LETTERS.index(letter) * weight for letter, weight in weighed)
    return body + CODE_LETTERS[(31 - total % 31) % 31]


def training_tables(chance: Random) -> list[Submission]:
    """A roster and its records for each year, or for none."""
    if chance.random() < 0.2:
        return []
    tables = []
    for year in (2025, 2026):
        roster = roster_rows(chance, year)
        end = date(year, 12, 31) if year == 2025 else date(year, 6, 30)
        tables.append(Submission(0, "training_roster", "yingji", date(year, 1, 1), end, roster))
        records = tuple(record for row in roster for record in record_rows(chance, row, end))
        tables.append(Submission(0, "training_record", "yingji", date(year, 1, 1), end, records))
    return tables


def roster_rows(chance: Random, year: int) -> tuple[Row, ...]:
    rows = []
    for number in range(chance.randint(3, 8)):
        enterprise = number // 2 if chance.random() < 0.3 else number
        values: dict[str, Any] = {
            "plan_year": year,
            "category_code": CATEGORIES[year],
            "person_kind_code": "principal",
            "territory_id": ("jia", "yi", "bing")[enterprise % 3],
            "department_id": ("yingji", "gongxin")[enterprise % 2],
            "enterprise_name": f"试算{enterprise}冶炼有限公司",
            "credit_code": credit_code(enterprise),
            "person_name": f"王试{'甲乙丙丁戊己庚辛'[number]}",
            "person_id": id_number(number),
        }
        rows.append(Row(values))
    return tuple(rows)


def record_rows(chance: Random, row: Row, end: date) -> list[Row]:
    if chance.random() < 0.35:
        return []
    names = ("person_name", "person_id", "enterprise_name", "credit_code", "category_code")
    values = {name: row.values[name] for name in names}
    trained = date(end.year, chance.randint(1, end.month), chance.randint(1, 28))
    is_passed = chance.random() < 0.85
    more = {
        "person_kind_code": "principal",
        "trained_date": trained,
        "result_code": "passed" if is_passed else "failed",
        "certificate_no": f"AQ{values['person_id'][-6:]}{end.year}" if is_passed else None,
        "certificate_expiry_date": (
            trained + timedelta(days=chance.choice([150, 1095])) if is_passed else None
        ),
    }
    return [Row({**values, **more})]


def economy_tables(chance: Random) -> list[Submission]:
    if chance.random() < 0.2:
        return []
    rows = [figure("gdp", 2025, period, amount, "yi_yuan") for period, amount in GDP.items()]
    rows += [
        figure("employed", 2025, "year", "20.5", "wan_ren"),
        figure("population", 2025, "year", "401000", "ren"),
        figure("vehicles", 2025, "year", "6120", "liang"),
        figure("gdp", 2026, "q1", "61.03", "yi_yuan"),
    ]
    if chance.random() < 0.5:
        rows.append(figure("gdp", 2025, "year", "262.04", "yi_yuan", "final"))
    table = Submission(0, "economy", "tongji", date(2025, 1, 1), date(2026, 3, 31), tuple(rows))
    return [table]


GDP = {"q1": "55.31", "h1": "120.9", "q3": "188.25", "year": "260.66"}


def figure(
    metric: str, year: int, period: str, amount: str, unit: str, version: str = "preliminary"
) -> Row:
    values = {
        "metric_code": metric,
        "data_year": year,
        "period_code": period,
        "amount": Decimal(amount),
        "unit_code": unit,
        "version_code": version,
        "source_text": "试算，非统计部门公布",
        "published_date": date(year + 1, 1, 24),
    }
    return Row(values)
