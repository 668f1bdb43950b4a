"""A figure's address reads back to the same figure; an address of someone else opens nothing."""

from __future__ import annotations

from datetime import date

import pytest

from pages.ui.figure.figure_links import FigureKey

KEY = FigureKey("closure_rate", "ytd", date(2026, 10, 1), "territory", "town_a")


def test_round_trip() -> None:
    assert str(KEY) == "closure_rate~ytd~2026-10~territory~town_a~*"
    assert FigureKey.parse(str(KEY)) == KEY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "closure_rate",
        "closure_rate~decade~2026-10~total~total~*",
        "closure_rate~ytd~2026-13~total~total~*",
        "closure_rate~ytd~2026-10~king~total~*",
        "closure_rate~ytd~2026-10~total~to tal~*",
        "closure_rate~ytd~2026-10~total~<script>~*",
        "closure_rate~ytd~2026-10~total~total~*~more",
    ],
)
def test_other_addresses(text: str) -> None:
    assert FigureKey.parse(text) is None


def test_a_figure_without_a_month_is_a_fault() -> None:
    row = {"span_month": None, "indicator_code": "a", "span_kind": "ytd"}
    with pytest.raises(ValueError, match="month"):
        FigureKey.of({**row, "unit_role": "total", "unit_id": "total"})
