"""A plain chart of a result: one column of words or days, one or more of numbers."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
import pyarrow as pa

FONT = (
    "'Microsoft YaHei UI','Microsoft YaHei','PingFang SC','Source Han Sans SC',"
    "'Noto Sans CJK SC','WenQuanYi Micro Hei',SimHei,sans-serif"
)
COLOURS = ("#1B4B82", "#8592A0", "#B8232B", "#1C7348", "#F08300", "#2E6FB7")
BAR_COLOURS = ("#8FADCE", "#1B4B82", "#CBD3DC", "#1C7348", "#F08300", "#B8232B")
CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "showTips": False}
MOST_POINTS = 400
FEW_LABELS = 24


def number_columns(table: pa.Table) -> list[str]:
    """Columns a chart can measure."""
    return [
        field.name
        for field in table.schema
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
    ]


def label_columns(table: pa.Table) -> list[str]:
    """Columns a chart can put along its axis: words and days, else the first column, first."""
    numbers = number_columns(table)
    return [name for name in table.column_names if name not in numbers] + numbers


def figure(table: pa.Table, label: str, measures: Sequence[str], *, is_line: bool) -> go.Figure:
    """Bars or lines; a legend only where there is more than one measure."""
    shown = table.slice(0, MOST_POINTS)
    labels = shown[label].to_pylist()
    is_text = pa.types.is_string(shown[label].type)
    drawn = go.Figure()
    for name, colour in zip(measures, (COLOURS if is_line else BAR_COLOURS) * 9, strict=False):
        values = shown[name].to_pylist()
        common = {"x": labels, "y": values, "name": name, "hovertemplate": "%{x}　%{y}"}
        if is_line:
            drawn.add_scatter(mode="lines+markers", line={"color": colour, "width": 2.4}, **common)
        else:
            few = len(labels) * len(measures) <= FEW_LABELS * 2
            shown_values = values if few else None
            drawn.add_bar(marker_color=colour, text=shown_values, textposition="outside", **common)
    drawn.update_layout(
        font={"family": FONT, "size": 14, "color": "#1A2330"},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 8, "t": 32, "b": 8},
        height=420,
        showlegend=len(measures) > 1,
        legend={"orientation": "h", "x": 0, "y": 1.1},
        dragmode=False,
        hovermode="closest",
        hoverlabel={"bgcolor": "#fff", "bordercolor": "#8D98A5", "font": {"family": FONT}},
        separators=".\u2009",
        bargap=0.3,
    )
    drawn.update_xaxes(
        type="category" if is_text or len(labels) <= FEW_LABELS else None,
        showgrid=False,
        linecolor="#8D98A5",
        tickfont={"color": "#46515F"},
        fixedrange=True,
        automargin=True,
        hoverformat="%Y-%m-%d",
        tickformat=None if is_text else "%Y-%m" if pa.types.is_date(shown[label].type) else None,
    )
    drawn.update_yaxes(
        gridcolor="#EBEEF2",
        zeroline=True,
        zerolinecolor="#8D98A5",
        nticks=5,
        rangemode="tozero",
        fixedrange=True,
        automargin=True,
    )
    return drawn
