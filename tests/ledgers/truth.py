"""What a careful colleague reading the sheet counts, in core terms, from the records alone."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from tests.ledgers import blocks, counts
from tests.ledgers.layouts import Column, Layout
from tests.ledgers.records import Record

Facts = dict[str, Any]
CASUALTIES = {"deaths": "deaths", "serious": "serious", "minor": "minor", "loss": "loss_wan"}


def _month(record: Record) -> str:
    return f"{record['day']:%Y-%m}"


def _incident(layout: Layout, rows: list[Record]) -> Facts:
    cases = list({row["case"]: row for row in rows}.values())
    facts: Facts = {"cases": len(cases), "unreported": []}
    for fill, term in CASUALTIES.items():
        if fill in layout.fills:
            facts[term] = sum(row[fill] for row in rows)
        elif "harm" in layout.fills and fill != "loss":
            word = {"deaths": "死亡", "serious": "重伤", "minor": "轻伤"}[fill]
            facts[term] = sum(row["harm"] == word for row in rows)
        else:
            facts["unreported"].append(term)
    dated = layout.fills & {"day", "time"}
    only = {f"{layout.period.first:%Y-%m}": len(cases)}
    facts["by_month"] = dict(Counter(map(_month, cases))) if dated else only
    facts["by_place"] = _places(layout, cases)
    return facts


def _places(layout: Layout, rows: list[Record]) -> dict[str, int]:
    if layout.sender_is_place and not layout.has_place_column:
        return {layout.sender: len(rows)}
    named = layout.fills & {"town", "grid_town", "where"}
    return dict(Counter(row["town"] for row in rows)) if named else {}


def _weights(layout: Layout, row: Record) -> tuple[int, int]:
    """How many hazards one row is, and how many of them are done."""
    if "month_text" in layout.fills:
        return len(row["month_text"]), 0
    if "list" in layout.fills:
        count = len(row["items"])
        return count, count if row["state"] == "done" else 0
    if "qty" in layout.facts:
        return row["qty"], row["fixed"]
    return 1, int(row["state"] == "done")


def _states(column: Column) -> bool:
    word, argument = column.word, column.fill.partition(":")[2]
    if word in ("yes", "hot"):
        return argument.partition("=")[0] in ("done", "state")
    return word in ("state", "done", "accept", "fixed")


def _hazard(layout: Layout, rows: list[Record]) -> Facts:
    weights = [_weights(layout, row) for row in rows]
    total = sum(weight for weight, _ in weights)
    facts: Facts = {"hazards": total}
    fixed_level = layout.facts.get("level")
    if fixed_level or not layout.fills & {"level", "level3"}:
        facts["major"] = total if fixed_level == "重大" else 0
    elif "level3" in layout.fills:
        facts["major"] = sum(row["level3"] == "重大隐患" for row in rows)
    else:
        facts["major"] = sum(row["level"] == "重大" for row in rows)
    if any(_states(column) for column in layout.columns):
        facts["done"] = sum(done for _, done in weights)
        facts["awaiting"] = sum(row["state"] == "awaiting" for row in rows)
        facts["open"] = total - facts["done"] - facts["awaiting"]
    if "day" in layout.fills:
        months: Counter[str] = Counter()
        for row, (weight, _) in zip(rows, weights, strict=True):
            months[_month(row)] += weight
        facts["by_month"] = dict(months)
    elif layout.period.is_month:
        facts["by_month"] = {f"{layout.period.first:%Y-%m}": total}
    facts["by_place"] = _places(layout, rows)
    if "due" in layout.fills and "open" in facts:
        late = [row for row in rows if row["state"] == "open" and row["due"] < layout.period.last]
        facts["overdue"] = len(late)
    return facts


def _enforcement(layout: Layout, rows: list[Record]) -> Facts:
    facts: Facts = {"by_place": _places(layout, rows)}
    if layout.facts.get("penalty") == "all":
        facts["penalties"] = len(rows)
    else:
        done = [row for row in rows if row["state"] == "done" or "state" not in layout.fills]
        facts["inspections"] = len(done)
    if "yes" in layout.fills:
        facts["penalties"] = sum(row["fined"] for row in rows)
    if layout.fills & {"fine", "finetext"}:
        facts["fine_wan"] = sum((row["fine"] or Decimal(0) for row in rows), Decimal(0))
    if "checkitem" in layout.fills:
        facts["found"] = sum(row["results"].count("不符合") for row in rows)
    facts["by_month"] = dict(Counter(map(_month, rows)))
    return facts


def _training(layout: Layout, rows: list[Record]) -> Facts:
    facts: Facts = {"by_place": _places(layout, rows)}
    if "classes" in layout.facts:
        fill = "heads" if "heads" in layout.fills else "certs"
        facts["classes"] = len(rows)
        facts["person_times"] = sum(row[fill] for row in rows)
        return facts
    held = [row for row in rows if row["holds"] or "certmaybe" not in layout.fills]
    facts["persons"] = len({row["name"] for row in rows})
    if layout.fills & {"cert", "certmaybe", "valid"}:
        facts["certificates"] = len(held)
    else:
        facts["person_times"] = len(rows)
    if "result" in layout.fills:
        facts["passed"] = sum(row["result"] == "合格" for row in rows)
    return facts


_RULES: dict[str, Callable[[Layout, list[Record]], Facts]] = {
    "incident": _incident,
    "hazard": _hazard,
    "enforcement": _enforcement,
    "training": _training,
}


def items(layout: Layout, series: int = 0) -> Facts:
    """The figures of a count table that have a name, added over its rows."""
    total: Facts = {}
    for line in counts.lines(layout, series):
        for key, part in line.figures.items():
            if not (line.is_total or line.is_sub or " " in key):
                added = sum(part) if isinstance(part, tuple) else part
                total[key] = total.get(key, 0) + added
    return total


def _counted(layout: Layout, series: int) -> Facts:
    lines = [line for line in counts.lines(layout, series) if not line.is_total]
    table = {
        line.label: {key: part for key, part in line.figures.items() if " " not in key}
        for line in lines
    }
    return {"rows": len(lines), "table": table, **items(layout, series)}


def of(layout: Layout, series: int = 0) -> Facts:
    """The truth of a layout: the same in every dress."""
    if layout.shape == "counts":
        return _counted(layout, series)
    rows = blocks.rows(layout, series)
    return {"rows": len(rows), **_RULES[layout.dataset](layout, rows)}


def places(layout: Layout, series: int = 0) -> dict[str, int]:
    """Rows by town where bands or sheet names say the town of each row."""
    return dict(Counter(str(row["town"]) for row in blocks.rows(layout, series)))
