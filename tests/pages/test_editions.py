"""A frozen month on the pages: its 定稿 is what they open on and export, the 快报 stands beside."""

from __future__ import annotations

import io
from collections.abc import Callable

import duckdb
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.access import access
from tests.pages.screen import address, blocks, open_page, text
from warehouse.files.home import Home
from warehouse.versions import versions

SCORECARD, RANKING = "pages/leaders/scorecard.py", "pages/staff/ranking.py"
BRIEFING, DECLINE = "pages/briefing/briefing.py", "pages/leaders/double_decline.py"
HAZARD, MAP = "pages/leaders/major_hazard.py", "pages/leaders/risk_map.py"
SHOWING = [SCORECARD, RANKING, DECLINE, HAZARD, MAP]
FINAL, QUICK = "2026年10月定稿", "快报 第 1 版"
Taken = dict[str, Callable[[], bytes]]


@pytest.fixture
def frozen(home_copy: Home) -> Home:
    """October frozen, and the served build changed since."""
    versions.freeze(home_copy, "2026-10")
    with duckdb.connect(str(versions.served_file(home_copy))) as connection:
        connection.execute("update core.dim_unit set name_zh = '后改' || name_zh")
        connection.execute("update profile.units set name_zh = '后改' || name_zh")
    return home_copy


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Every export a page offers, by the name of its file."""
    offered: Taken = {}
    real = access.export

    def export(name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
        offered[name] = make
        return real(name, make)

    monkeypatch.setattr(access, "export", export)
    return offered


def said(app: AppTest) -> str:
    assert not app.exception
    return text("".join(blocks(app).values()))


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("page", SHOWING)
def test_a_frozen_month_opens_on_its_edition_and_offers_the_quick_build(page: str) -> None:
    app = open_page(page, month="2026-10")
    words = said(app)
    assert FINAL in words and "后改" not in words
    assert "有新数据" not in words, "an edition is not told that newer figures wait"
    assert app.selectbox(key="version").options == [FINAL, QUICK]
    app.selectbox(key="version").set_value("now").run()
    words = said(app)
    assert f"{QUICK} 本月已有定稿" in words and "后改" in words
    assert address(app)["version"] == "now"


@pytest.mark.usefixtures("frozen")
def test_a_month_without_edition_is_quick_and_asks_nothing() -> None:
    app = open_page(SCORECARD, month="2026-09", version="edition-2026-10")
    assert f"{QUICK} 未定稿" in said(app)
    assert [box.label for box in app.selectbox] == ["月份", "单位"]


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize("page", [SCORECARD, RANKING, BRIEFING])
def test_exports_name_what_they_are_made_from(page: str, taken: Taken) -> None:
    open_page(page, month="2026-10")
    (final,) = taken
    open_page(page, month="2026-10", version="now")
    (quick,) = taken.keys() - {final}
    assert FINAL in final and "快报第1版" in quick


@pytest.mark.usefixtures("frozen")
def test_the_ranking_of_an_edition_is_exported_as_the_edition(taken: Taken) -> None:
    open_page(RANKING, month="2026-10")
    (content,) = [make() for make in taken.values()]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["排名"]
    cells = "".join(str(cell) for row in sheet.values for cell in row)
    assert FINAL in cells and "后改" not in cells


@pytest.mark.usefixtures("frozen")
def test_the_rows_behind_a_figure_are_those_of_the_version_shown(taken: Taken) -> None:
    figure = "inspection_count~ytd~2026-10~total~total~*"
    for version, words in (("edition-2026-10", FINAL), ("now", "快报第1版")):
        taken.clear()
        open_page(SCORECARD, month="2026-10", version=version, figure=figure)
        (name,) = [name for name in taken if name.endswith(".csv")]
        assert words in name
        assert ("后改" in taken[name]().decode("utf-8")) == (version == "now")
