"""催报 in the drawer: the text to each unit, the 催报单, and the note that they were urged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from pages.ui.access import access, cache
from pages.ui.kit import states
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join, prose
from reports.build_note import Built
from reports.reminders import owed_reports, workbook
from reports.reminders.owed_reports import Chase
from warehouse import formats
from warehouse.files import reminder_log
from warehouse.files.home import Home
from warehouse.files.reminder_log import Reminded

UNTIL, KEPT = "to", "to_kept"
MAY_NOTE = frozenset({"staff", "admin"})


def until(data_end: date) -> date:
    """The day overdue days are counted to: 数据截至 unless somebody chooses; never the clock."""
    told, kept = st.query_params.get(UNTIL), st.session_state.get(KEPT, "")
    if told is not None and told != kept:
        st.session_state[UNTIL] = _day(told) or data_end
    elif UNTIL not in st.session_state:
        st.session_state[UNTIL] = _day(kept) or data_end
    with st.container(key="until_label", width="content"):
        st.markdown("天数计至")
    day: date | None = st.date_input(
        "天数计至", key=UNTIL, format="YYYY-MM-DD", label_visibility="collapsed", width=140
    )
    day = day or data_end
    st.query_params[UNTIL] = st.session_state[KEPT] = day.isoformat()
    return day


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def reminded(month: date) -> dict[str, list[Reminded]]:
    """What was urged for a month, by unit."""
    found: dict[str, list[Reminded]] = {}
    for one in reminder_log.noted(Home.find(), month):
        found.setdefault(one.unit_id, []).append(one)
    return found


def export(chase: Chase, before: Mapping[str, list[Reminded]]) -> None:
    """The 催报单 of what the page shows."""
    built = Built.of(cache.build_file())
    name = workbook.file_name(chase, built.label)
    st.download_button(
        "导出催报单",
        data=access.export(name, lambda: workbook.workbook_bytes(chase, built, dict(before))),
        file_name=name,
        key="export_reminders",
        on_click="ignore",
        disabled=not chase.units,
    )


def button(chase: Chase) -> None:
    """Opens the drawer with the texts."""
    if st.button("催报", key="chase_button", type="primary", disabled=not chase.units):
        _drawer(chase)


@st.dialog("催报", position="right", width=720)
def _drawer(chase: Chase) -> None:
    try:
        _texts(chase)
    except Exception:  # noqa: BLE001 - the drawer says a number, the log holds the rest
        block(states.failed(states.log_error()), key="chase_failed")


def _texts(chase: Chase) -> None:
    names = {unit.unit_id: unit.unit_zh for unit in chase.units}
    picked = st.multiselect(
        "催报哪些单位", list(names), default=list(names), format_func=names.__getitem__,
        key="chase_units", placeholder="请选择单位",
    )  # fmt: skip
    chosen = [unit for unit in chase.units if unit.unit_id in picked]
    hint = "<p>天数计至 <b>{day}</b>。鼠标移到文字上，点右上角的按钮复制整段。</p>"
    block(fill(hint, day=chase.until_zh), key="chase_note")
    for unit in chosen:
        st.code(owed_reports.text(chase, unit), language=None, wrap_lines=True)
    if _may_note() and st.button(
        f"记入催报记录（{len(chosen)} 个单位）",
        key="chase_note_button",
        disabled=not chosen,
        on_click=_note,
        args=(chase.month, [(unit.unit_id, unit.ledgers_zh) for unit in chosen]),
    ):
        st.rerun()
    block(_log(chase.month, names), key="chase_log")


def _note(month: date, told: list[tuple[str, str]]) -> None:
    """Keep it, in the name of whoever is here; asked once more, for the session may have ended."""
    if _may_note():
        reminder_log.note(Home.find(), access.person(), month, told)
        access.note("remind", f"{formats.month_zh(month)}：{len(told)} 个单位")


def _may_note() -> bool:
    if not access.is_required(Home.find()):
        return True
    user = access.visitor()
    return user is not None and bool(user.roles & MAY_NOTE)


def _log(month: date, names: Mapping[str, str]) -> Safe:
    noted = reminder_log.noted(Home.find(), month)
    known = {row["unit_id"]: row["name_zh"] for row in cache.rows("units")} | dict(names)
    if not noted:
        return states.no_rows(f"{formats.month_zh(month)}还没有催报记录", "发出催报后请记一笔。")
    items = join(
        fill("<li>{when}　{unit}（{what}）<span class=\"n\">{who} 催报</span></li>",
             when=prose(f"{one.reminded_at.astimezone(formats.BEIJING):%Y-%m-%d %H:%M}"),
             unit=known.get(one.unit_id, one.unit_id), what=one.ledgers, who=one.person)
        for one in noted
    )  # fmt: skip
    return fill('<h3 class="strong">催报记录 {n} 条</h3><ul class="faults">{items}</ul>',
                n=len(noted), items=items)  # fmt: skip
