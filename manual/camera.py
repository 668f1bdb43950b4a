"""The camera: opens real screens over a copy of a home, takes steps on them, keeps the pictures.

A row of shots.csv is one picture: name, page, address, and steps (`;` between them):
`click SELECTOR`, `see SELECTOR`, `fill SELECTOR=TEXT`, `press KEY`, `wait SECONDS`, and `upload
NAME*`, which hands in a workbook of a messy sample made for the purpose. Beside each picture its
wording is kept (titles, buttons, column heads without digits), so that a test can tell when a
screen has changed and its picture has not.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page, sync_playwright

import run

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).parent / "pictures"
SHOTS = Path(__file__).with_name("shots.csv")
CHROMIUM = "/usr/bin/chromium"
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
OPENED = ".ls .board, .ls .state, .ls .panel, .ls .strip, .projector-start"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORDING = """() => {
    const seen = [];
    for (const e of document.querySelectorAll(
        "h1, h2, h3, button, th, label, [role=tab], .ls .door"))
        if (e.getClientRects().length) seen.push(e.innerText.replace(/[^\\p{L}]+/gu, ""));
    return [...new Set(seen)].filter((text) => text);
}"""
PATIENCE_MS, STILL_MS = 180_000, 250
COLOURS = 128  # a screen of flat colours loses nothing to the eye and three quarters of its bytes


@dataclass(frozen=True)
class Shot:
    """One picture to take."""

    picture: str
    page: str
    address: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """A picture as PNG, and the words that stood on the screen."""

    shot: Shot
    png: bytes
    wording: list[str]


def read_shots() -> list[Shot]:
    """All pictures of the manual, in its order."""
    with SHOTS.open(encoding="utf-8", newline="") as stream:
        return [
            Shot(r["picture"], r["page"], r["address"], tuple(filter(None, r["steps"].split(";"))))
            for r in csv.DictReader(stream)
        ]


def take(
    url: str, shots: list[Shot], width: int, height: int, *, words_only: bool = False
) -> Iterator[Taken]:
    """Take pictures of a served app, each on a page of its own; or just read the words on them."""
    settle = _still if words_only else _drawn
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        try:
            context = chromium.new_context(
                viewport={"width": width, "height": height}, locale="zh-CN"
            )
            context.set_default_timeout(PATIENCE_MS)
            for shot in shots:
                page = context.new_page()
                _act(page, url, shot, settle)
                png = b"" if words_only else page.screenshot()
                yield Taken(shot, png, page.evaluate(WORDING))
                page.close()
        finally:
            chromium.close()


def _act(page: Page, url: str, shot: Shot, settle: Callable[[Page], None]) -> None:
    """Open the page and do the steps of a picture, each when the one before has its effect."""
    page.goto(url + shot.address)
    page.wait_for_selector(OPENED)
    settle(page)
    for step in shot.steps:
        verb, _, rest = step.strip().partition(" ")
        if verb != "wait" or settle is _drawn:  # words stand before a map is drawn
            STEPS[verb](page, rest)
        settle(page)


def _drawn(page: Page) -> None:
    page.wait_for_selector(SETTLED, state="attached")
    page.wait_for_timeout(800)  # charts and panels slide in


def _still(page: Page) -> None:
    """Wait until no word comes or goes any more."""
    page.wait_for_selector(SETTLED, state="attached")
    seen, words = None, page.evaluate(WORDING)
    while seen != words:
        page.wait_for_timeout(STILL_MS)
        seen, words = words, page.evaluate(WORDING)


def _fill(page: Page, rest: str) -> None:
    selector, _, text = rest.rpartition("=")
    page.locator(selector).fill(text)


def _upload(page: Page, rest: str) -> None:
    with tempfile.TemporaryDirectory(prefix="liangshai-messy-") as folder:
        words = "etl sample --messy --out".split()
        books = Path(folder) / "books"
        subprocess.run(
            [sys.executable, "-m", *words, str(books)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (path,) = books.glob(rest)
        # Handed over as bytes: the folder is gone before the browser reads a file.
        book: FilePayload = {"name": path.name, "mimeType": SHEET, "buffer": path.read_bytes()}
        page.locator("input[type=file]").first.set_input_files(book)


STEPS: dict[str, Callable[[Page, str], object]] = {
    "click": lambda page, rest: page.locator(rest).click(),
    "see": lambda page, rest: page.wait_for_selector(rest, state="attached"),
    "fill": _fill,
    "press": lambda page, rest: page.keyboard.press(rest),
    "upload": _upload,
    "wait": lambda page, rest: page.wait_for_timeout(float(rest) * 1000),
}


def keep(taken: Taken, folder: Path) -> Path:
    """Write the picture and, beside it, its wording; returns the picture's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{taken.shot.picture}.png"
    image = Image.open(io.BytesIO(taken.png)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    path.with_suffix(".txt").write_text("\n".join(taken.wording) + "\n", encoding="utf-8")
    return path


def changed(taken: Taken, folder: Path) -> list[str]:
    """Words that stand on the screen and not beside its picture, or the other way round."""
    path = folder / f"{taken.shot.picture}.txt"
    kept = path.read_text(encoding="utf-8").split("\n")[:-1] if path.exists() else []
    gone = [f"−{word}" for word in kept if word not in taken.wording]
    return gone + [f"+{word}" for word in taken.wording if word not in kept]


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The app over a copy of a home, so that no step of a picture can change it."""
    with tempfile.TemporaryDirectory(prefix="liangshai-manual-") as folder:
        copy = Path(folder) / "home"
        shutil.copytree(home, copy)
        port = run.free_port()
        with run.serving(port, copy):
            yield run.url_of(port)


def size(text: str) -> tuple[int, int]:
    """`1366x768` as width and height, for a command line."""
    if not (match := re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)):
        raise ArgumentTypeError(f"尺寸应写作 1366x768，不是“{text}”")
    return int(match[1]), int(match[2])
