"""报送历史: who sent what, when, with which hash, and what has become of it; each can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.intake import adopted_list, hand_in, intake_jobs
from pages.ui.intake.workbook_reports import span_zh
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, door, fill, join
from warehouse import formats
from warehouse.files import uploads
from warehouse.files.home import Home
from warehouse.versions import batches
from warehouse.versions.batches import HELD, IN_FORCE, OFF, PENDING, UNDONE, Batch, Sent

Row = Mapping[str, Any]
SHOWN_BATCHES, SHOWN_FILES = 20, 8
WORDS = {
    IN_FORCE: ("good", "✓ 在用"),
    HELD: ("warn", "! 待确认"),
    UNDONE: ("plain", "已撤销"),
    OFF: ("plain", "不再使用"),
    PENDING: ("warn", "! 未发布"),
}
REPLACED = ("plain", "已被新表替换")
NEEDED = "请写明理由"


def show() -> None:
    """The list, and beside it the chosen batch with what can be done to it."""
    known = batches.batches(Home.find())
    if not known:
        text = "第一份工作簿入库后，这里列出谁在什么时候报了什么。"
        block(states.alone(states.no_rows("还没有报送", text)), key="no_history")
        return
    chosen = next((b for b in known if b.load_id == st.query_params.get(intake_jobs.BATCH)), None)
    told = _told()
    left, right = st.columns([64, 36], gap="small") if chosen else (st.container(), None)
    with left:
        block(states.guarded(lambda: listed(known, chosen, told)), "history", choose)
    if chosen and right:
        with right:
            _chosen(chosen, told)


def choose(_action: str, value: str) -> None:
    """Choose a batch, or let go of the chosen one."""
    if st.query_params.get(intake_jobs.BATCH) == value:
        st.query_params.pop(intake_jobs.BATCH)
    else:
        st.query_params[intake_jobs.BATCH] = value


def listed(known: Sequence[Batch], chosen: Batch | None, told: Mapping[int, list[Row]]) -> Safe:
    """The newest batches, one row each."""
    columns = [
        tables.Column("时间", lambda b: f"{b['of'].at:%Y-%m-%d %H:%M}", "name"),
        tables.Column("报送人", lambda b: b["of"].actor, "name"),
        tables.Column("工作簿", lambda b: _names(b["of"])),
        tables.Column("报表", lambda b: _kinds(b["of"], told), "wide"),
        tables.Column("入库", lambda b: _loaded(b["of"], told), "num"),
        tables.Column("状态", lambda b: _state_of(b["of"], told), "name"),
    ]
    body = tables.table(
        columns,
        [{"of": batch} for batch in known[:SHOWN_BATCHES]],
        lambda b: fill(
            'class="{kind}" {door}',
            kind="chosen" if chosen and chosen.load_id == b["of"].load_id else "",
            door=door("batch", b["of"].load_id, f"{b['of'].actor} {b['of'].at:%m-%d %H:%M}"),
        ),
        "history",
    )
    more = len(known) - SHOWN_BATCHES
    note = "点一行看明细、下载原件或撤销" + (f"；另有较早的 {more} 批" if more > 0 else "")
    return tables.panel("history", f"报送历史 {len(known)} 批", note, body)


def _chosen(batch: Batch, told: Mapping[int, list[Row]]) -> None:
    block(states.guarded(lambda: detail(batch, told)), "batch_detail")
    names = {one.sha256: one for one in batch.sent}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="originals"):
        picked = names[
            st.selectbox(
                "工作簿",
                list(names),
                format_func=lambda sha: names[sha].name,
                key=f"original_{batch.load_id}",
                label_visibility="collapsed",
                required=True,
            )
            or batch.sent[0].sha256
        ]
        name = f"原件 {picked.name} {picked.sha256[:8]}"
        path = picked.path(Home.find())
        st.download_button(
            "下载原件",
            data=access.export(name, path.read_bytes),
            file_name=uploads.clean_name(picked.name),
            key=f"download_{picked.sha256}",
            on_click="ignore",
        )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _undo(batch, picked)
        adopted_list.offer(picked)
        if any(row["rejected_count"] for one in batch.sent for row in told.get(one.seq, ())):
            hand_in.returned(batch.load_id)
    for one in batch.sent:
        if one.state == HELD:
            _accept(one)


def _undo(batch: Batch, picked: Sent) -> None:
    """Two ways back, each looked at before it is done."""
    held = batch.in_force
    st.button(
        f"撤销这一批（{len(held)} 份）",
        key="undo_batch",
        disabled=not held,
        on_click=intake_jobs.look_at_undo,
        args=(batch.load_id, [one.name for one in held]),
    )
    if len(batch.sent) > 1:
        st.button(
            "只撤销所选的一份",
            key="undo_one",
            disabled=picked not in held,
            on_click=intake_jobs.look_at_undo,
            args=(picked.sha256, [picked.name]),
        )


def _accept(one: Sent) -> None:
    """A submission that waits is confirmed with a reason, in so many words."""
    why = st.text_input(
        f"确认“{one.name}”的理由", key=f"accept_{one.seq}", placeholder=NEEDED, live=True
    )
    st.button(
        "确认入库",
        key=f"accept_button_{one.seq}",
        disabled=not (why or "").strip(),
        on_click=intake_jobs.accept_held,
        args=(one, (why or "").strip()),
    )


def detail(batch: Batch, told: Mapping[int, list[Row]]) -> Safe:
    """Every workbook of a batch: whose, for when, rows in and back, hash, state and why."""
    columns = [
        tables.Column("工作簿", _book),
        tables.Column("单位与期间", lambda s: _speaks_for(told.get(s["of"].seq, ()))),
        tables.Column("入库", lambda s: _sum(told.get(s["of"].seq, ()), "loaded_count"), "num"),
        tables.Column("退回", lambda s: _sum(told.get(s["of"].seq, ()), "rejected_count"), "num"),
        tables.Column("状态", lambda s: _state(s["of"], told), "name"),
    ]
    body = tables.table(columns, [{"of": one} for one in batch.sent[:SHOWN_FILES]], kind="small")
    more = len(batch.sent) - SHOWN_FILES
    rest = fill('<p class="quiet">另有 {n} 份，可在下面选取</p>', n=more) if more > 0 else Safe("")
    return tables.panel(
        "batch",
        f"{batch.actor}　{batch.at:%m月%d日 %H:%M}",
        f"导入编号 {batch.load_id}",
        join([body, rest]),
    )


def _book(sent: Row) -> Safe:
    one: Sent = sent["of"]
    mode = "补报，" if one.mode == "append" else ""
    note = fill('<div class="n warn">{why}</div>', why=one.reason) if one.reason else ""
    return fill(
        '{name}<div class="n">{mode}指纹 <code>{hash}</code></div>{note}',
        name=one.name,
        mode=mode,
        hash=one.sha256[:12],
        note=note,
    )


def _speaks_for(rows: Sequence[Row]) -> Safe:
    return join(
        fill(
            '{unit}<div class="n">{span}</div>',
            unit=row["unit_zh"] or formats.MISSING,
            span=span_zh(str(row["span_from_date"]), str(row["span_to_date"])),
        )
        for row in rows[:2]
    )


def _names(batch: Batch) -> Safe:
    first = batch.sent[0].name
    more = f" 等 {len(batch.sent)} 份" if len(batch.sent) > 1 else ""
    return fill("{first}{more}", first=first, more=more)


def _kinds(batch: Batch, told: Mapping[int, list[Row]]) -> str:
    names = [row["dataset_zh"] for one in batch.sent for row in told.get(one.seq, ())]
    return formats.listed_zh(list(dict.fromkeys(names)), 4) or formats.MISSING


def _loaded(batch: Batch, told: Mapping[int, list[Row]]) -> str:
    rows = [row for one in batch.sent for row in told.get(one.seq, ())]
    return _sum(rows, "loaded_count")


def _sum(rows: Sequence[Row], name: str) -> str:
    return formats.number(sum(row[name] or 0 for row in rows)) if rows else formats.MISSING


def _words(one: Sent, told: Mapping[int, list[Row]]) -> tuple[str, str]:
    """Tone and words of a state; what counts no row any more has been replaced."""
    rows = told.get(one.seq, ())
    is_replaced = one.state == IN_FORCE and rows and not any(row["current_count"] for row in rows)
    return REPLACED if is_replaced else WORDS[one.state]


def _state(one: Sent, told: Mapping[int, list[Row]]) -> Safe:
    tone, words = _words(one, told)
    return fill('<span class="chip said {tone}">{words}</span>', tone=tone, words=words)


def _state_of(batch: Batch, told: Mapping[int, list[Row]]) -> Safe:
    """One chip where all are alike, else how many are in which state."""
    counts = Counter(_words(one, told) for one in batch.sent)
    if len(counts) == 1:
        return _state(batch.sent[0], told)
    words = "，".join(f"{words.lstrip('✓! ')} {count}" for (_, words), count in counts.items())
    return fill('<span class="chip said plain">{words}</span>', words=words)


def _told() -> dict[int, list[Row]]:
    """What the served build says of each submission, by receipt."""
    found: dict[int, list[Row]] = {}
    for row in cache.rows("submission_rows") if cache.has_build() else ():
        found.setdefault(int(row["receipt_seq"]), []).append(row)
    return found
