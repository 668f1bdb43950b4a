"""Under the editor: how the query ended, its rows as table or chart, the files to take away."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import streamlit as st

from pages.ui.access import access
from pages.ui.kit import states, tables
from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from pages.ui.kit.tables import Column
from pages.ui.kit.tables import panel as titled
from pages.ui.workbench import result_chart
from reports.workbench import query_files, query_plan
from reports.workbench.query_files import Answer, Ground
from warehouse import formats
from warehouse.guard.guarded_query import Outcome

INDENT = '<span style="padding-left:calc({depth} * 14px)">{name}</span>'
TABLE, CHART = "表", "图"
FORMS = ("柱形", "折线")
ROWS_SHOWN = 14
ROW_HEIGHT = 32
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BEGIN = states.no_rows(
    "还没有运行查询", "在上面写语句，按 Ctrl＋Enter 运行；或从左侧“问题”里打开一个常用问题。"
)
TITLES = {
    "refused": "没有执行",
    "error": "没有算出来",
    "timeout": "超过时限",
    "memory": "超过内存上限",
    "crashed": "查询进程意外结束",
    "cancelled": "已取消",
    "busy": "没有轮到",
    "off": "SQL 工作台已停用",
}


def status(answer: Answer | None, limits: Mapping[str, int]) -> Safe:
    """`✓ 11 行　12 毫秒　未截断　最新数据（第 3 版）`."""
    if answer is None or answer.outcome.kind != "ok":
        return Safe("")
    outcome = answer.outcome
    told = query_files.notes(outcome, limits)
    rows = "执行计划" if answer.is_plan else f"{formats.number(outcome.rows)} 行"
    parts = [
        fill('<b class="good">✓ {rows}</b>', rows=rows),
        f"{formats.number(outcome.ms)} 毫秒",
        *(fill('<span class="warn">{note}</span>', note=note) for note in told),
        *([] if outcome.truncated or answer.is_plan else ["未截断"]),
        answer.build_zh,
    ]
    shown = join(fill("<span>{part}</span>", part=part) for part in parts)
    return fill('<div class="asked" role="status">{parts}</div>', parts=shown)


def show(answer: Answer | None, ground: Ground, limits: Mapping[str, int]) -> None:
    """The rows, or a sentence in their place."""
    table = answer.outcome.table if answer else None
    if answer is None:
        block(states.alone(BEGIN), key="answer_none")
    elif table is None:
        block(states.alone(_failure(answer.outcome)), key="answer_failed")
    elif answer.is_plan:
        block(_plan(str(table.column(1)[0])), key="answer_plan")
    else:
        _rows(answer, query_files.readable(table), ground, limits)


def _failure(outcome: Outcome) -> Safe:
    kind = "empty" if outcome.kind in ("cancelled", "busy") else "failed"
    return states.state(kind, TITLES[outcome.kind], f"{outcome.sentence}语句仍在上面。")


def _plan(text: str) -> Safe:
    heads = [
        Column(
            "步骤（先做缩进深的）",
            lambda step: fill(INDENT, depth=step["depth"], name=step["name"]),
        ),
        Column("约多少行", lambda step: formats.number(step["rows"]), "num"),
        Column("内容", lambda step: step["detail"]),
    ]
    found = [vars(step) for step in query_plan.steps(text)]
    return titled("plan", "执行计划", "行数是估计，没有真的运行", tables.table(heads, found))


def _rows(answer: Answer, table: pa.Table, ground: Ground, limits: Mapping[str, int]) -> None:
    numbers = result_chart.number_columns(table)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="answer_bar"):
        form = TABLE
        if numbers and len(table):
            form = (
                st.segmented_control(
                    "怎么看",
                    (TABLE, CHART),
                    key="answer_form",
                    default=TABLE,
                    required=True,
                    label_visibility="collapsed",
                )
                or TABLE
            )
        if form == CHART:
            chart = _chart_choice(table, numbers)
        st.space("stretch")
        _files(answer, ground, limits)
    if form == CHART:
        with st.container(border=True, key="chart_answer"):
            drawn = result_chart.figure(table, *chart[:2], is_line=chart[2] == FORMS[1])
            st.plotly_chart(
                drawn,
                theme=None,
                config=result_chart.CONFIG,
                key="answer_chart",
                alt=f"{answer.title}：{'、'.join(chart[1])}",
            )
    else:
        _table(table)


def _chart_choice(table: pa.Table, numbers: list[str]) -> tuple[str, list[str], str]:
    labels = result_chart.label_columns(table)
    shape = hash(tuple(table.column_names))
    label = (
        st.selectbox(
            "横轴",
            labels,
            key=f"chart_label_{shape}",
            width=170,
            label_visibility="collapsed",
            required=True,
        )
        or labels[0]
    )
    measurable = [name for name in numbers if name != label] or numbers
    measures = st.multiselect(
        "数",
        measurable,
        default=measurable[:1],
        key=f"chart_measures_{shape}_{label}",
        width=330,
        label_visibility="collapsed",
        placeholder="选择要画的数",
    )
    form = st.segmented_control(
        "图形",
        FORMS,
        key="chart_form",
        default=FORMS[0],
        required=True,
        label_visibility="collapsed",
    )
    return label, measures or measurable[:1], form or FORMS[0]


def _table(table: pa.Table) -> None:
    if not len(table):
        note = states.no_rows("没有符合条件的行", "查询已执行，结果是零行；可以放宽条件。")
        block(states.alone(note), key="answer_empty")
        return
    height = ROW_HEIGHT * (min(len(table), ROWS_SHOWN) + 1) + 3
    st.dataframe(
        table,
        hide_index=True,
        row_height=ROW_HEIGHT,
        height=height,
        placeholder="",
        column_config={
            field.name: st.column_config.NumberColumn(format="plain")
            for field in table.schema
            if pa.types.is_integer(field.type)
        },
        key="answer_table",
    )


def _files(answer: Answer, ground: Ground, limits: Mapping[str, int]) -> None:
    with st.popover("导出", icon=":material/download:"):
        st.download_button(
            "CSV 文件（表格软件可直接打开）",
            data=access.export(f"{answer.title} CSV", lambda: query_files.csv_file(answer)),
            file_name=query_files.name_of(answer, ".csv", ground),
            mime="text/csv",
            on_click="ignore",
            width="stretch",
        )
        st.download_button(
            "Excel 工作簿（附依据）",
            data=access.export(
                f"{answer.title} Excel", lambda: query_files.excel_file(answer, ground, limits)
            ),
            file_name=query_files.name_of(answer, ".xlsx", ground),
            mime=EXCEL,
            on_click="ignore",
            width="stretch",
        )
