"""What people read of this repository: README, docs/ and the papers beside them, by name."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.contract.repository import ROOT

README = ROOT / "README.md"
DOCS = ROOT / "docs"
#: Dated records of what was: they may name what has gone since.
RECORDS = DOCS / "measurements"

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def papers() -> list[Path]:
    """All of them."""
    beside = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    return [*beside, *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "manual").glob("*.md"))]


def current() -> list[Path]:
    """Papers that speak of the repository as it is."""
    return [path for path in papers() if RECORDS not in path.parents]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def links(path: Path) -> Iterator[tuple[str, Path, str]]:
    """Links of a paper into the repository: as written, the file, the heading; empty for none."""
    for link in _LINK.findall(_FENCE.sub("", text_of(path))):
        if not re.match(r"[a-z]+:", link):
            name, _, heading = link.partition("#")
            yield link, (path.parent / name).resolve() if name else path, heading


def headings(path: Path) -> set[str]:
    """Addresses of a paper's headings, made as GitHub makes them."""
    plain = _FENCE.sub("", text_of(path))
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in _HEADING.findall(plain)
    }
