"""操作手册 as a page: every word and picture of the paper, before there are any data."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from tests.contract.repository import ROOT
from tests.pages.screen import blocks, open_page

PAGE = "pages/help/manual.py"
PAPER = (ROOT / "manual" / "操作手册.md").read_text(encoding="utf-8")
PICTURES = re.findall(r"^!\[(.+)\]\(.+\)$", PAPER, re.MULTILINE)


def lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if line.strip()]


def said(app: AppTest) -> list[str]:
    """Lines of headings, paragraphs and tables, without the pictures."""
    parts = [*app.header, *app.markdown]
    return [line for part in parts for line in lines(part.value)]


def test_every_line_of_the_paper_is_on_the_page() -> None:
    app = open_page(PAGE)
    assert not app.exception
    shown = said(app)
    wanted = [line.removeprefix("## ") for line in lines(PAPER)[1:] if not line.startswith("![")]
    assert [line for line in wanted if line not in shown] == []


def test_every_picture_is_shown_under_its_name() -> None:
    pictures = [one for part in open_page(PAGE).get("image") for one in part.proto.imgs]
    assert [one.caption for one in pictures] == PICTURES
    assert all(one.url for one in pictures)


def test_every_chapter_is_a_door_of_the_contents() -> None:
    app = open_page(PAGE)
    doors = re.findall(r'href="#([\w-]+)"[^>]*>([^<]+)<', blocks(app)["manual"])
    assert doors == [(part.proto.anchor, part.value) for part in app.header]
    assert len(doors) == PAPER.count("\n## ")
