"""The shared strings of a workbook, read by other code than the reader's."""

from __future__ import annotations

from typing import IO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from etl.formats.xlsx.sheet_chunks import chunks
from etl.formats.xlsx.sheet_texts import gathered, need_care, worded_tags
from etl.formats.xlsx.xml_texts import runs_text

_TAG_ENDS = np.frombuffer(b" >/\n\r\t", np.uint8)


def shared_strings(stream: IO[bytes]) -> pa.BinaryArray:
    """Every item in order; an empty text where it has none."""
    parts = [_items(text) for text, _ in chunks(stream, b"si")]
    return pa.concat_arrays(parts)


def empty_numbers(strings: pa.BinaryArray) -> frozenset[int]:
    """Numbers of the items without a text: cells that point at them are not filled."""
    lengths = np.diff(np.frombuffer(strings.buffers()[1], np.int32)[: len(strings) + 1])
    return frozenset(np.flatnonzero(lengths == 0).tolist())


def _items(text: bytes) -> pa.BinaryArray:
    raw = np.frombuffer(text + b"   ", np.uint8)
    tags = np.flatnonzero(raw == 60)
    kind, after, behind = raw[tags + 1], raw[tags + 2], raw[np.minimum(tags + 3, len(raw) - 1)]
    items = tags[(kind == 115) & (after == 105) & np.isin(behind, _TAG_ENDS)]
    if not len(items):
        return pa.array([], pa.binary())
    is_run = (kind == 116) & np.isin(after, _TAG_ENDS)
    words = worded_tags(text, tags, np.append(tags[1:], len(text)), is_run)
    owner = np.searchsorted(items, words.starts, side="right") - 1
    often = np.bincount(owner, minlength=len(items))
    care = need_care(text, raw, words) if len(words.starts) else np.zeros(0, bool)
    starts, lengths = (np.zeros(len(items), np.int64) for _ in "ab")
    starts[owner], lengths[owner] = words.opened, words.lengths
    whole = gathered(raw, starts, lengths)
    odd = np.unique(np.concatenate([owner[care], np.flatnonzero(often > 1)]))
    return _with_odd(text, items, whole, odd) if len(odd) else whole


def _with_odd(
    text: bytes, items: NDArray[np.int64], whole: pa.BinaryArray, odd: NDArray[np.int64]
) -> pa.BinaryArray:
    """Items of several runs or with references, read one by one."""
    stops = np.append(items, len(text))[odd + 1]
    texts = whole.to_pylist()
    for number, start, stop in zip(odd.tolist(), items[odd].tolist(), stops.tolist(), strict=True):
        texts[number] = runs_text(text[start:stop])
    return pa.array(texts, pa.binary())
