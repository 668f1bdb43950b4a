"""Text is escaped once, at one place; markup passes; numbers keep their unit."""

from __future__ import annotations

from pages.ui.kit.markup import Safe, door, escape, fill, join, prose

HOSTILE = '<img src=x onerror="alert(1)">'


def test_values_are_escaped_and_templates_are_not() -> None:
    assert fill("<b>{name}</b>", name=HOSTILE) == (
        "<b>&lt;img src=x onerror=&quot;alert(1)&quot;&gt;</b>"
    )


def test_markup_passes_as_it_is() -> None:
    assert fill("<p>{inner}</p>", inner=Safe("<i>1</i>")) == "<p><i>1</i></p>"


def test_none_is_empty_and_braces_in_data_are_data() -> None:
    assert escape(None) == ""
    assert fill("{text}", text="{0} {name}") == "{0} {name}"


def test_join_leaves_out_what_is_empty() -> None:
    assert join(["甲", "", None, "<乙>"], " · ") == "甲 · &lt;乙&gt;"


def test_a_door_cannot_be_broken_open() -> None:
    assert 'aria-label="&quot;&gt;&lt;script&gt;"' in door("unit", "a", '"><script>')


def test_prose_holds_number_and_unit_together() -> None:
    assert prose("▲ 5 项") == '<span class="nb">▲ 5 项</span>'
    assert prose("E-20261105-0941") == "E-20261105-0941"
    assert prose("1—10月 12 起") == ('<span class="nb">1—10月</span> <span class="nb">12 起</span>')
