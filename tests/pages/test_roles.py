"""One role per unit card, named: a town by its territory, a department by its remit."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pages.ui.access import access
from reports.scorecard import printed_scorecard
from reports.source import Source
from tests.pages.screen import blocks, figures, open_app, text
from tests.pages.test_editions import Taken
from warehouse import queries
from warehouse.files.home import Home

OCTOBER = date(2026, 10, 1)
TOWN, BUREAU, OFFICE = "qiaoling", "yingji", "tongji"
INSPECTIONS = "inspection_count~ytd~2026-10"
ENFORCEMENT = {"inspection_count", "penalty_count", "penalty_rate"}


def card(unit: str) -> str:
    return blocks(open_app(month="2026-10", span="ytd", unit=unit))["scorecard"]


def part(markup: str, title: str) -> str:
    """The panel of lines under a title, empty where there is none."""
    found = re.search(rf"<h3>{title}</h3>.*?</section>", markup, re.DOTALL)
    return found[0] if found else ""


def roles(markup: str) -> dict[str, str]:
    """Role by indicator of the figures a part opens."""
    keys = [figure.split("~") for figure in figures(markup)]
    return {key[0]: key[3] for key in keys}


def own_part(markup: str) -> tuple[str, str]:
    """The card without units beside it, and what stands apart in it."""
    apart = part(markup, "本单位")
    return re.sub(r'<div class="side">.*<div class="lines">', "", markup, flags=re.DOTALL).replace(
        apart, ""
    ), apart


@pytest.mark.usefixtures("home")
def test_a_town_speaks_of_its_territory_and_apart_of_itself() -> None:
    main, apart = own_part(card(TOWN))
    assert set(roles(main).values()) == {"territory"}
    assert roles(main).keys() >= ENFORCEMENT
    assert roles(apart) == dict.fromkeys(
        ENFORCEMENT | {"zero_penalty_unit_count", "report_rate"}, "actor"
    )
    assert "辖区内" in main and "本单位" not in text(main)


@pytest.mark.usefixtures("home")
def test_a_department_is_in_charge_of_hazards_and_inspects_itself() -> None:
    markup = card(BUREAU)
    main, apart = own_part(markup)
    shown = roles(main)
    assert not apart
    assert {shown[code] for code in ENFORCEMENT} == {"actor"}
    assert shown["incident_count"] == shown["major_hazard_overdue_count"] == "department"
    assert "主管" in text(main) and "本单位" in text(main)


def test_a_department_without_remit_lists_nobody_s_hazards(home: Home) -> None:
    """The whole area's overdue items are not those of a unit that is in charge of none."""
    behind = queries.run("figure_rows", home=home, indicator_code="major_hazard_overdue_count",
                         span_kind="ytd", span_month=OCTOBER, unit_role="total", unit_id="total",
                         category_code="*")  # fmt: skip
    assert len(behind)
    markup = card(OFFICE)
    assert 'class="panel list"' not in markup
    assert "不在本单位职责内" in text(markup)
    sheet = printed_scorecard.Sheet(Source.of(home).rows, OCTOBER, OFFICE, "快报 第 1 版")
    printed = printed_scorecard.html(sheet)
    assert [name for name in behind["subject_zh"] if name in markup + printed] == []


def test_rows_behind_a_figure_of_no_role_are_none(home: Home) -> None:
    for role in ("total", "none", "nonsense"):
        found = queries.run("figure_rows", home=home, indicator_code="major_hazard_overdue_count",
                            span_kind="ytd", span_month=OCTOBER, unit_role=role, unit_id=OFFICE,
                            category_code="*")  # fmt: skip
        assert found.empty, role


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(("role", "word"), [("territory", "辖区内"), ("actor", "本单位")])
def test_drawer_and_export_say_the_role(
    role: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: Taken = {}
    monkeypatch.setattr(access, "export", taken.setdefault)
    app = open_app(month="2026-10", unit=TOWN, figure=f"{INSPECTIONS}~{role}~{TOWN}~*")
    assert f"荞岭镇（{word}）" in text(blocks(app)["origin_head"])
    (name,) = [name for name in taken if name.endswith(".csv")]
    assert f"荞岭镇（{word}）" in name


def test_the_printed_page_says_the_role(home: Home) -> None:
    sheet = printed_scorecard.Sheet(Source.of(home).rows, OCTOBER, TOWN, "快报 第 1 版")
    printed = text(printed_scorecard.html(sheet))
    assert "处罚率（辖区内）" in printed and "处罚率（本单位）" in printed
    assert "零处罚单位（本单位）" in printed and "零处罚单位（辖区内）" not in printed


@pytest.mark.usefixtures("home")
def test_the_whole_area_needs_no_word() -> None:
    main, apart = own_part(card("total"))
    assert not apart
    assert 'class="role"' not in main
