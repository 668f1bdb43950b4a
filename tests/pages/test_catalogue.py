"""指标目录 over the sample warehouse: every indicator, its targets, policies, lineage and SQL."""

from __future__ import annotations

import pytest

from pages.ui.kit.markup import escape
from tests.pages.screen import blocks, open_page, text
from warehouse import queries
from warehouse.files.home import Home

PAGE = "pages/analysts/catalogue.py"


def test_every_indicator_has_an_entry(home: Home) -> None:
    indicators = queries.run("indicators", home=home)
    listed = text(blocks(open_page(PAGE))["catalogue"])
    assert [name for name in indicators.name_zh if name not in listed] == []
    for row in indicators.to_dict("records"):
        app = open_page(PAGE, indicator=row["indicator_code"])
        assert not app.exception
        words = text(blocks(app)["catalogue"])
        parts = [row[name] for name in ("definition_zh", "caveat_zh", "owner_zh")]
        missing = [part for part in [*parts, "算法原文"] if str(escape(part)) not in words]
        assert missing == [], row["indicator_code"]


def test_targets_stand_by_document_with_their_quotes(home: Home) -> None:
    targets = queries.run("indicator_targets", home=home)
    code = str(targets.groupby("indicator_code").document.nunique().idxmax())
    markup = blocks(open_page(PAGE, indicator=code))["catalogue"]
    own = targets[targets.indicator_code == code]
    assert markup.count('class="document"') == own.document.nunique()
    assert [quote for quote in own.quote if quote not in text(markup)] == []


def test_lineage_reaches_the_workbooks(home: Home) -> None:
    lineage = queries.run("indicator_lineage", home=home)
    made = queries.run("indicators", home=home).indicator_code
    assert set(lineage[lineage.layer.isin(["lake", "profile"])].indicator_code) == set(made)


def test_policies_are_those_of_the_catalogue(home: Home) -> None:
    policies = queries.run("indicator_policies", home=home)
    code = policies.indicator_code.iloc[0]
    markup = text(blocks(open_page(PAGE, indicator=code))["catalogue"])
    assert [s for s in policies[policies.indicator_code == code].subject if s not in markup] == []


@pytest.mark.usefixtures("home")
def test_search_narrows_the_list() -> None:
    app = open_page(PAGE)
    box = app.text_input(key="words")
    assert box.label == "查找指标"
    box.set_value("亿元").run()
    assert not app.exception
    assert "1 个指标" in text(blocks(app)["catalogue"])
    app.text_input(key="words").set_value("没有这样的词").run()
    assert "没有符合的指标" in text(blocks(app)["catalogue"])
