"""What people have decided on and declared, as markup: doubted pairs, corrections of sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.duplicates import pair_table
from pages.ui.kit import tables
from pages.ui.kit.markup import Safe, door, fill, prose
from pages.ui.kit.moments import when
from pages.ui.kit.states import no_rows
from reports.quality import facts
from warehouse import formats
from warehouse.files.decisions import Decision

Row = Mapping[str, Any]
DECIDED = "decided"
SHOWN = 30
DECIDED_ROWS = ("unit_zh", "enterprise_zh", "date", "case_zh", "row_id", "file_name",
                "sheet_name", "row_number")  # fmt: skip


def told(served: Sequence[Row], decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Standing decisions, newest first, with who and why; one that no build knows of is said so."""
    known = {(d["left_identity"], d["right_identity"], d["decided_at"]): d for d in served}
    rows = []
    for one in sorted(decisions, key=lambda d: d.decided_at, reverse=True):
        row = known.get((one.kept, one.dropped, one.decided_at))
        rows.append({
            **(row or _unknown(one)), "mark": one.mark, "who": one.who, "why": one.why,
            "is_published": row is not None,
        })  # fmt: skip
    return rows


def _unknown(one: Decision) -> dict[str, Any]:
    sides = {f"{side}_{name}": None for side in pair_table.SIDES for name in DECIDED_ROWS}
    return {**sides, "dataset": one.kept.split(":")[0], "left_identity": one.kept,
            "right_identity": one.dropped, "verdict": one.verdict, "decided_at": one.decided_at,
            "is_applied": False}  # fmt: skip


def panel(decisions: Sequence[Row], *, is_whole: bool) -> Safe:
    """Decisions that stand; who and why, and the way back, for those who may decide."""
    title = f"已判定的疑似重复 {len(decisions)} 对"
    if not decisions:
        empty = no_rows("还没有判定", "判定过的疑似重复列在这里：谁、何时、为什么，可以撤销。")
        return tables.panel("decided", title, "", empty)
    columns = [
        tables.Column("判定", _verdict, "name"),
        tables.Column("留下的行", lambda d: pair_table.row_of(d, "left")),
        tables.Column("并入的行，或另一件", lambda d: pair_table.row_of(d, "right")),
    ]
    if is_whole:
        columns.append(tables.Column("谁、何时、为什么", _who))
    note = "点一对看明细、撤销判定" if is_whole else ""
    body = tables.table(columns, decisions[:SHOWN], _door if is_whole else None, kind="loose")
    rest = f"；另有较早的 {len(decisions) - SHOWN} 对" if len(decisions) > SHOWN else ""
    return tables.panel("decided", title, note + rest, body)


def _door(decision: Row) -> Safe:
    label = f"看{pair_table.name(decision, 'left')}和{pair_table.name(decision, 'right')}的判定"
    return fill("{door}", door=door(DECIDED, decision["mark"], label))


def verdict(decision: Row) -> str:
    """`同一项` or `两项`."""
    measure, _ = pair_table.KINDS[decision["dataset"]]
    return f"{'同一' if decision['verdict'] == 'duplicate' else '两'}{measure}"


def state(decision: Row) -> tuple[str, str]:
    """Tone and words: whether a decision takes effect in what is served."""
    if not decision.get("is_published", True):
        return "warn", "! 还没有计入，请管理员重新计算"
    if not decision["is_applied"]:
        return "warn", "! 有一行已不在现行台账，暂不起作用"
    return "good", "✓ 起作用"


def _verdict(decision: Row) -> Safe:
    tone, words = state(decision)
    return fill('<b class="strong">{verdict}</b><div class="n {tone}">{words}</div>',
                verdict=verdict(decision), tone=tone, words=words)  # fmt: skip


def _who(row: Row) -> Safe:
    return fill('{who}<div class="n">{when}</div><div>{why}</div>',
                who=row["who"], when=when(row["decided_at"]), why=prose(row["why"]))  # fmt: skip


def corrections(rows: Sequence[Row], declared: Mapping[int, Mapping[str, str]]) -> Safe:
    """Corrections of sources that stand; values and reasons for those who may know them."""
    count = len({row["correction_id"] for row in rows})
    title = f"对原表的更正 {count} 条"
    if not rows:
        empty = no_rows("没有更正", "各数都照各单位的原表计算，没有改过一个值。")
        return tables.panel("corrections", title, "", empty)
    columns = [
        tables.Column("更正", lambda c: f"第 {c['correction_id']} 条", "name"),
        tables.Column("改了什么", lambda c: _change(c, declared.get(c["correction_id"]))),
        tables.Column("出处", lambda c: fill('<span class="n">{p}</span>', p=facts.place(c))),
    ]
    if declared:
        columns.append(tables.Column("谁、何时、为什么", lambda c: _by(c, declared)))
    body = tables.table(columns, rows[:SHOWN], kind="loose")
    rest = f"；另有较早的 {len(rows) - SHOWN} 行" if len(rows) > SHOWN else ""
    note = f"原件不动，计算时用更正后的值；由管理员登记，可撤销{rest}"
    return tables.panel("corrections", title, note, body)


def _change(row: Row, declared: Mapping[str, str] | None) -> Safe:
    kind = row["dataset_zh"]
    if row["action"] == "drop":
        return fill("{kind}：整行不计入", kind=kind)
    if declared is None:
        return fill("{kind}的“{field}”", kind=kind, field=row["field_zh"])
    return fill(
        '{kind}的“{field}”：<code class="cell">{was}</code> → <b>{now}</b>',
        kind=kind, field=row["field_zh"], was=declared["from_value"] or "空",
        now=declared["to_value"] or "空",
    )  # fmt: skip


def _by(row: Row, declared: Mapping[int, Mapping[str, str]]) -> Safe:
    known = declared.get(row["correction_id"])
    return _who(known) if known else fill("{day}", day=formats.day_iso(row["decided_date"]))
