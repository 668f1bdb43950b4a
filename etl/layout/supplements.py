"""What a title calls a list that is no complete ledger: 补报, 续报, 更正, 核销, 退回."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.declarations.declarations import Context
from etl.declarations.text_keys import key
from etl.layout.row_words import is_note

_LONGEST = 40
_SENTENCE = re.compile(r"[,，。;；:]")


def supplement_named(titles: Iterable[str], context: Context) -> str:
    """The first such word a title says of its table; not one it says the table includes."""
    words = "|".join(context.words["supplement"])
    within = re.compile(rf"(?:{'|'.join(context.words['supplement_within'])})(?:{words})")
    for title in titles:
        name = key(title)
        if len(name) > _LONGEST or _SENTENCE.search(name) or is_note(title, context):
            continue
        if found := re.search(words, within.sub("", name)):
            return found[0]
    return ""
