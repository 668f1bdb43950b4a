"""Names of files people take away, and documents that stand alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.safe_html import Safe, escape, fill

_SPACE = re.compile(r"\s+")
_UNSAFE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
SYNTHETIC_ZH = "模拟数据"


def file_name(parts: Sequence[str], suffix: str, is_synthetic: bool) -> str:
    """`模拟数据_全市_事故起数_2026年1—10月_快报第3版.csv`: no character a file system refuses.

    Where the content comes from a build, the last part is its name: a 快报 never takes the place of
    the 定稿, nor one 快报 that of another.
    """
    named = [*([SYNTHETIC_ZH] if is_synthetic else []), *parts]
    return _UNSAFE_NAME.sub("-", _SPACE.sub("", "_".join(named))) + suffix


def title(words: str, is_synthetic: bool) -> str:
    """The title of a document; of invented rows it says so first."""
    return f"【{SYNTHETIC_ZH}】{words}" if is_synthetic else words


def document(words: str, style: str, body: Safe, script: str = "") -> str:
    """One HTML file that asks for nothing else: styles, drawings and script stand inside it."""
    return fill(
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<style>{style}</style></head><body>{body}{script}</body></html>\n",
        title=escape(words),
        style=Safe(style),
        body=body,
        script=Safe(f'<script type="module">{script}</script>') if script else "",
    )
