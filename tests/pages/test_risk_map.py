"""风险地图 over the sample warehouse: levels equal the mart, tiles without WebGL, rules said."""

from __future__ import annotations

from datetime import date

import pytest

from pages.ui.risk import risk_levels, tile_map, viewport
from tests.pages.screen import address, blocks, open_page, text
from warehouse import queries
from warehouse.files.home import Home

PAGE = "pages/leaders/risk_map.py"
MONTH = {"month": "2026-10", "unit": "total", "span": "ytd"}
OCTOBER = date(2026, 10, 1)


def test_without_webgl_every_town_is_a_tile(home: Home) -> None:
    app = open_page(PAGE, **MONTH)
    assert not app.exception
    assert {box.label: box.value for box in app.selectbox} == {"月份": "2026-10", "单位": "total"}
    units = queries.run("risk_units", home=home, span_kind="ytd", span_month=OCTOBER)
    placed = units[units.tile_row.notna()]
    assert blocks(app)["tiles"].count('class="tile ') == len(placed)


def test_the_legend_counts_the_marts_levels(home: Home) -> None:
    units = queries.run("risk_units", home=home, span_kind="ytd", span_month=OCTOBER)
    placed = units[units.tile_row.notna()]
    words = text(blocks(open_page(PAGE, **MONTH))["tiles"])
    for row in queries.run("risk_rules", home=home).itertuples():
        count = (placed.risk_level_code == row.risk_level_code).sum()
        assert f"{row.color_zh}＝{row.level_zh} {count} 个" in words


@pytest.mark.usefixtures("home")
def test_the_page_says_whose_rules_and_that_it_is_no_map_of_borders() -> None:
    shown = blocks(open_page(PAGE, **MONTH))
    assert "示意方位，不代表行政区域界线" in text(shown["risk_head"])
    assert "自定" in text(shown["rules"])


def test_a_level_narrows_the_table(home: Home) -> None:
    units = queries.run("risk_units", home=home, span_kind="ytd", span_month=OCTOBER)
    wanted = units[units.risk_level_code == "major"].unit_name_zh.tolist()
    table = text(blocks(open_page(PAGE, **MONTH, level="major"))["risk_table"])
    assert [name for name in units.unit_name_zh if name in table] == wanted


def test_with_webgl_the_deck_holds_the_same_tiles(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viewport, "webgl_width", lambda: 1366)
    app = open_page(PAGE, **MONTH)
    assert not app.exception
    assert "tiles" not in blocks(app)
    spec = app.get("deck_gl_json_chart")[0].proto.json
    units = queries.run("risk_units", home=home, span_kind="ytd", span_month=OCTOBER)
    for name in units[units.tile_row.notna()].short_name:
        assert f'"{name}"' in spec or name.encode("unicode_escape").decode() in spec
    assert "http" not in spec


def test_a_clicked_tile_chooses_its_unit(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = queries.run("units", home=home).query("is_territory").unit_id.iloc[0]
    monkeypatch.setattr(tile_map, "picked", lambda _: unit)
    app = open_page(PAGE, month="2026-10")
    assert address(app)["unit"] == unit


def test_every_colour_of_the_rules_is_known(home: Home) -> None:
    assert set(queries.run("risk_rules", home=home).color_zh) <= set(risk_levels.COLORS)
