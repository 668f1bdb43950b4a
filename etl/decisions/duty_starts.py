"""纳入起始月: a person says from which month on a kind of ledger is owed; `decisions/started.csv`.

Without it a dataset's duties begin with the newest month its first receipt speaks for. A decision
for one unit goes before one for all.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, astuple, fields

import pyarrow as pa

from etl.declarations.code_lists import read_rows
from etl.declarations.kind_answers import dataset_names
from etl.intake.receipts import now
from warehouse.files.decisions import STARTED, Start, started
from warehouse.files.home import Home, append_rows
from warehouse.models.database import Connection, put_table

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
SCHEMA = pa.schema([(name, pa.string()) for name in ("dataset", "unit_id", "month")])


def put_starts(connection: Connection, starts: Iterable[Start]) -> None:
    """Standing decisions as an input of the build."""
    rows = [{name: asdict(one)[name] for name in SCHEMA.names} for one in starts]
    put_table(connection, "lake.start", pa.Table.from_pylist(rows, schema=SCHEMA))


def start(home: Home, words: list[str], verdict: str, who: str, why: str) -> Start:
    """Add a decision on a kind of ledger, all its senders or one: `hazard 2026-08 甲镇`.

    ValueError, in words, where it makes no sense; LookupError with nothing to take back.
    """
    if not why.strip():
        raise ValueError("请用 --why 写明理由")
    dataset = _dataset(words[0] if words else "")
    months = [word for word in words[1:] if word[:2] == "20"]
    others = [word for word in words[1:] if word not in months]
    if len(months) > 1 or len(others) > 1 or (verdict == "start" and not months):
        raise ValueError("请写报表种类和起始月，只对一个单位的再写单位，如：hazard 2026-08 甲镇")
    unit = _sender(home, dataset, others[0]) if others else ""
    _sender(home, dataset, unit)
    if verdict != "start" and (dataset, unit) not in started(home):
        raise LookupError("没有可撤回的“纳入起始月”")
    month = months[0] if months else ""
    if month and not _MONTH.fullmatch(month):
        raise ValueError(f"“{month}”不是月份，应写成 2026-08")
    decision = Start(dataset, unit, month, verdict, who, now(), " ".join(why.split()))
    append_rows(home.decisions / STARTED, [f.name for f in fields(Start)], [astuple(decision)])
    return decision


def _dataset(word: str) -> str:
    names = dataset_names()
    found = [code for code, name in names.items() if word in (code, name)]
    if not found:
        every = "、".join(f"{code}（{name}）" for code, name in names.items())
        raise ValueError(f"没有“{word}”这种报表，可以是：{every}")
    return found[0]


def _sender(home: Home, dataset: str, word: str) -> str:
    """The unit meant, which the calendar must ask for this kind of ledger."""
    units = {row["unit_id"]: row["name_zh"] for row in read_rows(home.profile_folder / "units.csv")}
    calendar = read_rows(home.profile_folder / "report_calendar.csv")
    asked = {row["unit_id"] for row in calendar if row["dataset"] == dataset}
    if not word and asked:
        return ""
    found = [unit for unit in asked if word in (unit, units.get(unit))]
    if not found:
        raise ValueError(f"报送日历中没有要求“{word or '任何单位'}”报送这种报表")
    return found[0]
