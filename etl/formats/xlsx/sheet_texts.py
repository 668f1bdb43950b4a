"""The texts of a sheet's cells as the raw XML has them, gathered with numpy.

A cell whose text is one plain run is cut out by its bytes; those with character references, several
runs or white space at an edge are read one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from etl.declarations.refusal import RefusedError
from etl.formats.raw.raw_cells import DAY, NUMBER, TEXT, RawCells, no_cells
from etl.formats.xlsx.xml_texts import cell_text

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_SHARED, _ABSENT, _TRUTH = 10, 11, 12
_ONE_LETTER = {ord("s"): _SHARED, ord("e"): _ABSENT, ord("b"): _TRUTH, ord("d"): TEXT}
_TYPE = re.compile(rb"\st\s*=\s*[\"'](\w+)[\"']")
_STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d{1,6})[\"']")
_CODED = re.compile(rb"_x[0-9A-Fa-f]{4}_")
_FIXED = [b"", b"true", b"false"]


@dataclass(frozen=True)
class Worded:
    """The `<v>` and `<t>` of a piece whose text is not empty: tag, first byte, length."""

    starts: Ints
    opened: Ints
    lengths: Ints

    def part(self, mask: Flags) -> Worded:
        """Some of them."""
        return Worded(self.starts[mask], self.opened[mask], self.lengths[mask])


def worded_tags(text: bytes, tags: Ints, next_tag: Ints, wanted: Flags) -> Worded:
    """Those of the wanted tags that hold a text; white space in `<t>` counts where it is kept."""
    starts, stops = tags[wanted], next_tag[wanted]
    opened, raw = starts + 3, np.frombuffer(text, np.uint8)
    is_empty = np.zeros(len(starts), bool)
    for i in np.flatnonzero(raw[starts + 2] != 62):
        opened[i] = text.index(b">", starts[i]) + 1
        is_empty[i] = text[opened[i] - 2] == 47
    worded = (stops > opened) & ~is_empty
    heads = raw[np.minimum(opened, len(raw) - 1)]
    for i in np.flatnonzero(worded & (heads <= 32) & (raw[starts + 1] == 116)):
        kept = b"preserve" in text[starts[i] : opened[i]]
        worded[i] = kept or not text[opened[i] : stops[i]].isspace()
    return Worded(starts[worded], opened[worded], (stops - opened)[worded])


def gathered(raw: Bytes, starts: Ints, lengths: Ints) -> pa.BinaryArray:
    """Slices of the bytes as one array."""
    offsets = np.zeros(len(starts) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    shift = (starts - offsets[:-1]).astype(np.int32)
    index = np.arange(offsets[-1], dtype=np.int32) + np.repeat(shift, lengths)
    buffers = [None, pa.py_buffer(offsets.astype(np.int32)), pa.py_buffer(raw[index])]
    return pa.Array.from_buffers(pa.binary(), len(starts), buffers)


def need_care(text: bytes, raw: Bytes, words: Worded) -> Flags:
    """Texts that are not their bytes: references, coded characters, edges of white space."""
    stops = words.opened + words.lengths
    is_edged = (raw[words.opened] <= 32) | (raw[stops - 1] <= 32)
    found: Flags = is_edged & (raw[words.starts + 1] == 116)
    places = [np.flatnonzero(raw == mark) for mark in (38, 13) if bytes([mark]) in text]
    if b"_x" in text:
        places.append(np.array([m.start() for m in _CODED.finditer(text)], np.int64))
    for place in places:
        owner = np.searchsorted(words.opened, place, side="right") - 1
        inside = (owner >= 0) & (place < stops[owner])
        found[owner[inside]] = True
    return found


def cell_kinds(text: bytes, raw: Bytes, starts: Ints, children: Ints) -> NDArray[np.uint8]:
    """What the type attribute of each cell says; writers put it last, else the tag is searched."""
    ends = children - 1
    while (blank := raw[ends] <= 32).any():
        ends = ends - blank
    letters = [raw[np.maximum(ends - back, 0)] for back in range(7)]
    is_short = (letters[4] == 61) & (letters[5] == 116) & (letters[6] <= 32)
    kinds = np.full(len(starts), NUMBER, np.uint8)
    for letter, kind in _ONE_LETTER.items():
        kinds[is_short & (letters[2] == letter)] = kind
    is_word = (letters[2] == 114) & (
        (letters[3] == 116) & (letters[4] == 83 + 32) | ((letters[3] == 116) & (letters[4] == 83))
    )
    kinds[is_word] = TEXT
    known = int(is_short.sum() + is_word.sum())
    if known != len(_TYPE.findall(text)):
        _search_types(text, starts, np.flatnonzero(~is_short & ~is_word), kinds)
    return kinds


def _search_types(text: bytes, starts: Ints, places: Ints, kinds: NDArray[np.uint8]) -> None:
    for place in places.tolist():
        start = int(starts[place])
        match = _TYPE.search(text, start, text.index(b">", start))
        if match:
            word = match[1]
            kinds[place] = _ONE_LETTER.get(word[0], NUMBER) if len(word) == 1 else TEXT


class CellTexts:
    """Collects the cells of a sheet piece by piece."""

    def __init__(self, strings: pa.BinaryArray, day_styles: frozenset[int]) -> None:
        self._strings = strings
        self._day_styles = day_styles
        self._parts: list[tuple[Ints, Ints, NDArray[np.uint8], Ints]] = []
        self._texts: list[pa.BinaryArray] = [strings, pa.array(_FIXED, pa.binary())]
        self._room = len(strings) + len(_FIXED)

    def take(
        self,
        text: bytes,
        places: tuple[Ints, Ints, Ints],
        children: Ints,
        words: Worded,
        filled: Flags,
        waiting: Flags,
    ) -> None:
        """The filled cells of a piece.

        `places` are byte position, row and column of every cell, `children` the tag after each.
        """
        raw = np.frombuffer(text, np.uint8)
        starts, rows, columns = places
        kinds = cell_kinds(text, raw, starts, children)
        kinds[waiting] = _ABSENT
        owner = np.searchsorted(starts, words.starts, side="right") - 1
        often = np.bincount(owner, minlength=len(starts))
        is_text = filled & (kinds != _ABSENT)
        single = is_text[owner] & (often[owner] == 1)
        words, owner = words.part(single), owner[single]
        care = need_care(text, raw, words)
        self._keep_absent(rows, columns, np.flatnonzero((filled | waiting) & (kinds == _ABSENT)))
        odd = np.concatenate([owner[care], np.flatnonzero(is_text & (often > 1))])
        self._keep_odd(text, places, kinds, odd)
        words, owner = words.part(~care), owner[~care]
        for kind in np.unique(kinds[owner]).tolist():
            mask = kinds[owner] == kind
            of_kind, own = words.part(mask), owner[mask]
            cut = gathered(raw, of_kind.opened, of_kind.lengths)
            if kind == NUMBER and self._day_styles:
                kinds[own[self._shows_day(text, starts, own)]] = DAY
            self._keep(rows[own], columns[own], kinds[own], cut)

    def _keep(self, rows: Ints, columns: Ints, kinds: NDArray[np.uint8], cut: pa.Array) -> None:
        """Cells of one kind with their bytes."""
        if not len(rows):
            return
        if kinds[0] == _SHARED:
            codes, kinds = self._shared(cut), np.full(len(rows), TEXT, np.uint8)
        elif kinds[0] == _TRUTH:
            is_true = pc.is_in(cut, pa.array([b"1", b"true"])).to_numpy(zero_copy_only=False)
            codes = len(self._strings) + np.where(is_true, 1, 2)
            kinds = np.full(len(rows), TEXT, np.uint8)
        else:
            codes = np.arange(self._room, self._room + len(rows))
            self._texts.append(cut)
            self._room += len(rows)
        self._parts.append((rows, columns, kinds, codes))

    def _shared(self, cut: pa.BinaryArray) -> Ints:
        try:
            codes: Ints = pc.cast(cut.cast(pa.string()), pa.int64()).to_numpy()
        except pa.ArrowInvalid:
            words = [w.strip() for w in cut.to_pylist()]
            if not all(w.isdigit() for w in words):
                raise RefusedError("malformed") from None
            codes = np.array([int(w) for w in words], np.int64)
        if codes.max() >= len(self._strings) or codes.min() < 0:
            raise RefusedError("malformed")
        return codes

    def _keep_absent(self, rows: Ints, columns: Ints, own: Ints) -> None:
        if len(own):
            codes = np.full(len(own), len(self._strings))
            kinds = np.full(len(own), TEXT, np.uint8)
            self._parts.append((rows[own], columns[own], kinds, codes))

    def _keep_odd(
        self,
        text: bytes,
        places: tuple[Ints, Ints, Ints],
        kinds: NDArray[np.uint8],
        odd: Ints,
    ) -> None:
        """Cells read one by one."""
        starts, rows, columns = places
        for kind in np.unique(kinds[odd]).tolist():
            own = odd[kinds[odd] == kind]
            stops = np.append(starts, len(text))[own + 1]
            spans = zip(starts[own].tolist(), stops.tolist(), strict=True)
            found = pa.array([cell_text(text[a:b]) for a, b in spans], pa.binary())
            self._keep(rows[own], columns[own], kinds[own], found)

    def _shows_day(self, text: bytes, starts: Ints, own: Ints) -> Ints:
        """Numbers whose style is a day the reader does not know for one."""
        found = []
        for index, start in enumerate(starts[own].tolist()):
            match = _STYLE.search(text, start, text.index(b">", start))
            if match and int(match[1]) in self._day_styles:
                found.append(index)
        return np.array(found, np.int64)

    def finish(self) -> RawCells:
        """All cells of the sheet."""
        if not self._parts:
            return no_cells()
        rows, columns, kinds, codes = (
            np.concatenate(column) for column in zip(*self._parts, strict=True)
        )
        return RawCells(
            rows.astype(np.int32),
            columns.astype(np.int32),
            kinds.astype(np.uint8),
            codes.astype(np.int32),
            pa.concat_arrays(self._texts),
        )
