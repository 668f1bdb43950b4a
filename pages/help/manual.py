"""操作手册: the paper of the folder manual/ as a page, with its pictures; it needs no build."""

import re

import streamlit as st

from pages.ui.kit.block import block
from pages.ui.kit.markup import Safe, fill, join
from warehouse.files.home import REPOSITORY

TITLE = "操作手册"
FOLDER = REPOSITORY / "manual"
WIDTH = 960  # lines that can be read
CHAPTER = re.compile(r"^## (.+)$", re.MULTILINE)
PICTURE = re.compile(r"^!\[(.*)\]\((pictures/.+\.png)\)$", re.MULTILINE)


def contents(titles: list[str]) -> Safe:
    door = '<a class="button" href="#chapter-{n}">{title}</a>'
    doors = [fill(door, n=n, title=title) for n, title in enumerate(titles, 1)]
    return fill('<nav class="panel-head" aria-label="目录">{doors}</nav>', doors=join(doors))


def shown(text: str) -> None:
    words, *pictures = PICTURE.split(text)
    st.markdown(words)
    for name, path, after in zip(*[iter(pictures)] * 3, strict=True):
        with st.container(border=True):  # else a picture of a screen looks like the screen
            st.image(FOLDER / path, caption=name)
        st.markdown(after)


first, *chapters = CHAPTER.split((FOLDER / f"{TITLE}.md").read_text(encoding="utf-8"))
titles, texts = chapters[::2], chapters[1::2]
with st.container(key="titlebar"):
    st.title(TITLE, anchor=False)
block(contents(titles), key="manual")
with st.container(width=WIDTH):
    shown(first.partition("\n")[2])
    for number, (title, text) in enumerate(zip(titles, texts, strict=True), 1):
        st.header(title, anchor=f"chapter-{number}")
        shown(text)
