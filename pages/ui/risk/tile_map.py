"""The tile grid with pydeck: inline data, an empty inline map style, no tile server."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import log2
from typing import Any
from urllib.parse import quote

import pydeck as pdk
import streamlit as st

from pages.ui.risk.risk_levels import colors, word

Row = Mapping[str, Any]
KEY = "risk_deck"
LAYER = "tiles"
NARROWEST = 1000
PIXELS_PER_DEGREE = 512 / 360
HEIGHT, MARGIN = 560, 8
WIDTH_DEGREES, GAP = 1.3, 0.03
FONT = "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif"
STYLE = {
    "version": 8,
    "sources": {},
    "layers": [{"id": "bg", "type": "background", "paint": {"background-color": "#FFFFFF"}}],
}


def picked(units: Sequence[Row]) -> str | None:
    """The unit whose tile was clicked just now."""
    event = st.session_state.get(KEY)
    objects = event["selection"]["objects"].get(LAYER) if event else None
    known = {unit["unit_id"] for unit in units}
    code = objects[0].get("unit_id") if objects else None
    return code if code in known else None


def draw(units: Sequence[Row], width: int) -> None:
    """The map over `width` pixels; a click on a tile reruns the page."""
    placed = [_tile(unit) for unit in units if unit["tile_row"] is not None]
    if not placed:  # a profile may leave its units without a place on the grid
        return
    view, height = _fitted(placed, width)
    layers = [
        pdk.Layer(
            "PolygonLayer",
            placed,
            id=LAYER,
            get_polygon="corners",
            get_fill_color="fill",
            pickable=True,
            auto_highlight=True,
            stroked=False,
        ),
        _labels(placed, "name", 19, [0, -10], 700),
        _labels(placed, "level", 15, [0, 16], 400),
    ]
    st.pydeck_chart(
        pdk.Deck(
            layers=layers,
            initial_view_state=view,
            views=[pdk.View(type="MapView", controller=False)],
            map_provider="carto",
            map_style="data:application/json," + quote(json.dumps(STYLE)),
            tooltip=False,
        ),
        height=height,
        on_select="rerun",
        selection_mode="single-object",
        key=KEY,
    )


def _tile(unit: Row) -> dict[str, Any]:
    left, top = float(unit["tile_col"]) * WIDTH_DEGREES, -float(unit["tile_row"])
    right, bottom = left + WIDTH_DEGREES - GAP, top - 1 + GAP
    fill, text = colors(unit)
    return {
        "unit_id": unit["unit_id"],
        "name": unit["short_name"],
        "level": word(unit),
        "corners": [[left, top], [right, top], [right, bottom], [left, bottom]],
        "middle": [(left + right) / 2, (top + bottom) / 2],
        "fill": _rgb(fill),
        "ink": _rgb(text),
    }


def _labels(
    placed: list[dict[str, Any]], field: str, size: int, offset: list[int], weight: int
) -> pdk.Layer:
    return pdk.Layer(
        "TextLayer",
        placed,
        get_position="middle",
        get_text=field,
        get_size=size,
        get_color="ink",
        get_pixel_offset=offset,
        character_set=pdk.types.String("auto"),
        font_family=pdk.types.String(FONT),
        font_weight=weight,
    )


def _fitted(placed: list[dict[str, Any]], width: int) -> tuple[pdk.ViewState, int]:
    """The view in which all tiles fill the width, and its height; there is no fit-to-bounds."""
    corners = [corner for tile in placed for corner in tile["corners"]]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    pixels = min((width - MARGIN) / wide, (HEIGHT - MARGIN) / high)
    zoom = log2(pixels / PIXELS_PER_DEGREE)
    view = pdk.ViewState(
        longitude=(min(xs) + max(xs)) / 2,
        latitude=(min(ys) + max(ys)) / 2,
        zoom=zoom,
        min_zoom=zoom,
        max_zoom=zoom,
    )
    return view, round(pixels * high) + MARGIN


def _rgb(color: str) -> list[int]:
    return [int(color[place : place + 2], 16) for place in (1, 3, 5)]
