"""The shared strings of a BIFF8 workbook: which of them hold no text."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Sequence


def empty_strings(blocks: Sequence[bytes]) -> frozenset[int]:
    """Numbers of the strings without a character; cells that point at them are not filled.

    A table that ends early is told by the cells: the reader will not have them either.
    """
    empty: list[int] = []
    if blocks:
        count = struct.unpack_from("<I", blocks[0], 4)[0]
        with contextlib.suppress(IndexError, struct.error):
            _collect(_Blocks(blocks), count, empty)
    return frozenset(empty)


def _collect(reader: _Blocks, count: int, empty: list[int]) -> None:
    for number in range(count):
        length, flags = struct.unpack("<HB", reader.take(3))
        runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
        reader.skip_characters(length, flags & 1)
        reader.skip(runs * 4 + extra)
        if not length:
            empty.append(number)


class _Blocks:
    """A record and its continuations, read as one; characters restate their width in each."""

    def __init__(self, blocks: Sequence[bytes]) -> None:
        self._blocks = blocks
        self._number = 0
        self._place = 8

    def _left(self) -> int:
        while self._place >= len(self._blocks[self._number]):
            self._place -= len(self._blocks[self._number])
            self._number += 1
        return len(self._blocks[self._number]) - self._place

    def take(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            size = min(self._left(), count - len(found))
            found += self._blocks[self._number][self._place : self._place + size]
            self._place += size
        return found

    def skip(self, count: int) -> None:
        self._place += count

    def skip_characters(self, count: int, wide: int) -> None:
        while count:
            if self._place >= len(self._blocks[self._number]):
                self._left()
                wide = self._blocks[self._number][self._place] & 1
                self._place += 1
            size = 1 + wide
            here = min((len(self._blocks[self._number]) - self._place) // size, count)
            if not here:
                raise IndexError("a character is cut")
            self._place += here * size
            count -= here
