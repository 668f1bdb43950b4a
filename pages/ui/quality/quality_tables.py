"""数据质量 as markup: checks by scope, unit × check, findings, rows handed back, balance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, join, prose
from pages.ui.kit.states import no_rows
from pages.ui.quality import row_balance
from reports.quality import facts
from reports.quality.facts import Quality
from warehouse import formats

Row = Mapping[str, Any]
CHECK, UNIT = "check", "unit"
SHOWN_FINDINGS, MOST_FINDINGS = 12, 300
TONES = {"passed": "good", "noticed": "warn", "failed": "bad strong"}
RESERVED = ("合计", "未归属", "市直")
#: A cell's shade by its number; the number itself is always printed.
SHADES = ((1, "h1"), (3, "h2"), (10, "h3"), (30, "h4"))


def checks(quality: Quality) -> Safe:
    """Every check under its scope, those that speak first."""
    columns = [
        tables.Column("检查", lambda c: c["name_zh"], "name"),
        tables.Column("查什么", lambda c: prose(c["meaning_zh"])),
        tables.Column("结果", _status, "name"),
        tables.Column("发现", lambda c: _count(c["failed_count"]), "num"),
        tables.Column("查了", lambda c: formats.number(c["checked_count"]), "num quiet"),
        tables.Column("涉及指标", lambda c: c["indicators_zh"], "touched"),
    ]
    parts = []
    for (name, meaning), group in groupby(
        quality.checks, lambda c: (c["scope_zh"], c["scope_meaning_zh"])
    ):
        mine = list(group)
        speaking = [c for c in mine if c["status"] != "passed"]
        silent = [c for c in mine if c["status"] == "passed"]
        head = fill('<h4>{name}<span>{meaning}；{n} 项</span></h4>', name=name, meaning=meaning,
                    n=len(mine))  # fmt: skip
        body = tables.table(columns, speaking, _row_of(quality), "loose") if speaking else ""
        parts += [head, body, _folded(silent, columns, quality)]
    note = "结果按全部现行数据；点一项只看它的发现"
    return tables.panel("checks", "各项检查", note, join(parts))


def _folded(silent: Sequence[Row], columns: Sequence[tables.Column], quality: Quality) -> Safe:
    if not silent:
        return Safe("")
    return fill(
        '<details><summary><span class="good">✓ 通过 {n} 项</span>　{names}</summary>{table}'
        "</details>",
        n=len(silent),
        names=formats.listed_zh(facts.names(silent), 6),
        table=tables.table(columns, silent, _row_of(quality), "loose"),
    )


def _row_of(quality: Quality) -> Any:
    def attributes(check: Row) -> Safe:
        chosen = "chosen" if check["check_code"] == quality.asked.check_code else ""
        act = door(CHECK, check["check_code"], f"只看{check['name_zh']}的发现")
        return fill('class="{chosen}" {act}', chosen=chosen, act=act)

    return attributes


def _status(check: Row) -> Safe:
    mark, words = facts.STATUS_ZH[check["status"]]
    return fill('<span class="{tone}">{mark} {words}</span>', tone=TONES[check["status"]],
                mark=mark, words=words)  # fmt: skip


def _count(count: int) -> Safe:
    tone = "strong" if count else "quiet"
    return fill('<span class="{tone}">{n}</span>', tone=tone, n=formats.number(count))


def heat(quality: Quality, short: Mapping[str, str]) -> Safe:
    """Checks that found something × units, the number in the cell."""
    title = f"发现在哪里：检查 × 单位，{quality.asked.span_zh}"
    if not quality.cells:
        body = no_rows("这段时间没有发现", "各项检查在所选月份里都没有发现问题。")
        return tables.panel("where", title, "", body)
    found = {(cell["check_code"], cell["unit_id"]): cell for cell in quality.cells}
    hit = {cell["unit_id"] for cell in quality.cells}
    units = [u for u in quality.units if u["unit_id"] in hit or u["kind"] not in RESERVED]
    units.sort(key=lambda u: u["kind"] == "合计")
    sums = _sums(quality.cells, "check_code")
    rows = {cell["check_code"]: cell["name_zh"] for cell in quality.cells}
    rows = dict(sorted(rows.items(), key=lambda pair: -sums[pair[0]]))
    heads = join(_head(unit, short, quality) for unit in units)
    body = join(_line(code, name, units, found, quality) for code, name in rows.items())
    table = fill(
        '<div class="scroll-x"><table class="heat checks"><thead><tr><th></th>{heads}<th>合计</th>'
        "</tr></thead><tbody>{body}</tbody><tfoot><tr><th>合计</th>{foot}</tr></tfoot></table>"
        "</div>",
        heads=heads, body=body, foot=_foot(units, _sums(quality.cells, "unit_id")),
    )  # fmt: skip
    note = "格内为发现数，越深越多；空白＝没有发现；“全市”＝跨单位核对；点格看清单"
    return tables.panel("where", title, note, table)


def _sums(cells: Sequence[Row], key: str) -> dict[str, int]:
    """Findings by check or by unit."""
    found: dict[str, int] = {}
    for cell in cells:
        found[cell[key]] = found.get(cell[key], 0) + cell["failed_count"]
    return found


def _foot(units: Sequence[Row], sums: Mapping[str, int]) -> Safe:
    counts = [*(sums.get(unit["unit_id"], 0) for unit in units), sum(sums.values())]
    return join(fill("<td>{n}</td>", n=formats.number(n) if n else "·") for n in counts)


def _head(unit: Row, short: Mapping[str, str], quality: Quality) -> Safe:
    return fill(
        '<th class="unit {chosen}" {act}><span>{name}</span></th>',
        chosen="chosen" if unit["unit_id"] == quality.asked.unit_id != facts.WHOLE_AREA else "",
        act=door(UNIT, unit["unit_id"], f"只看{unit['name_zh']}"),
        name=short.get(unit["unit_id"]) or unit["name_zh"],
    )


def _line(
    code: str, name: str, units: Sequence[Row], found: Mapping[tuple[str, str], Row],
    quality: Quality,
) -> Safe:  # fmt: skip
    cells = [found.get((code, unit["unit_id"])) for unit in units]
    act = door(CHECK, code, f"只看{name}的发现")
    return fill(
        '<tr><th class="{chosen}" {act}>{name}</th>{cells}<td class="sum">{total}</td></tr>',
        chosen="chosen" if code == quality.asked.check_code else "",
        act=act,
        name=name,
        cells=join(_cell(cell, unit, quality) for cell, unit in zip(cells, units, strict=True)),
        total=formats.number(sum(cell["failed_count"] for cell in cells if cell)),
    )


def _cell(cell: Row | None, unit: Row, quality: Quality) -> Safe:
    if cell is None:
        return Safe("<td></td>")
    count = cell["failed_count"]
    asked = (quality.asked.check_code, quality.asked.unit_id)
    label = f"{unit['name_zh']}{cell['name_zh']} {count} 处，共查 {cell['checked_count']}"
    return fill(
        '<td class="{shade} {picked}" title="{label}" {act}>{count}</td>',
        shade=next((shade for most, shade in SHADES if count <= most), "h5"),
        picked="picked" if (cell["check_code"], cell["unit_id"]) == asked else "",
        label=label,
        act=door("cell", f"{cell['check_code']}~{cell['unit_id']}", label),
        count=formats.number(count),
    )


def findings(quality: Quality) -> Safe:
    """What is wrong, where it stands."""
    rows = quality.findings
    title = f"发现的问题 {len(rows)} 处"
    scope = "　".join([quality.unit_zh, quality.asked.span_zh, _check_zh(quality)])
    if not rows:
        return tables.panel(
            "findings", title, scope, no_rows("没有发现", "换一个月份、单位或检查看看。")
        )
    columns = [
        tables.Column("检查", _checked, "name"),
        tables.Column("单位", lambda f: f["unit_zh"], "name"),
        tables.Column("月份", lambda f: formats.month_code(f["month"]), "name"),
        tables.Column("问题", lambda f: prose(f["detail_zh"])),
        tables.Column("出处", lambda f: fill('<span class="n">{p}</span>', p=facts.place(f))),
    ]
    body = tables.table(columns, rows[:SHOWN_FINDINGS], kind="loose")
    rest = _rest(columns, rows[SHOWN_FINDINGS:MOST_FINDINGS])
    more = row_balance.more(len(rows), MOST_FINDINGS)
    return tables.panel("findings", title, scope, join([body, rest, more]))


def _rest(columns: Sequence[tables.Column], rows: Sequence[Row]) -> Safe:
    if not rows:
        return Safe("")
    table = tables.table(columns, rows, kind="loose")
    return fill("<details><summary>展开其余 {n} 处</summary>{t}</details>", n=len(rows), t=table)


def _check_zh(quality: Quality) -> str:
    known = {c["check_code"]: c["name_zh"] for c in quality.checks}
    return str(known.get(quality.asked.check_code, "各项检查"))


def _checked(finding: Row) -> Safe:
    return fill('{name}<div class="n">{scope}</div>', name=finding["check_zh"],
                scope=finding["scope_zh"])  # fmt: skip


def held(quality: Quality) -> Safe:
    """Submissions that wait for a person; nothing where there is none."""
    if not quality.held:
        return Safe("")
    columns = [
        tables.Column("工作簿", lambda h: h["file_name"], "name"),
        tables.Column("为什么", lambda h: prose(h["held_reason_zh"])),
    ]
    note = "原来的数不动；到“数据报送”的报送历史里确认入库，或撤销"
    title = f"待确认的报送 {len(quality.held)} 份"
    return tables.panel("held", title, note, tables.table(columns, quality.held, kind="loose"))
