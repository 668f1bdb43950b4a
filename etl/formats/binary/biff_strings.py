"""The strings of BIFF8: counted characters, one or two bytes wide, cut anywhere by record ends."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Sequence

_HEAD = 8


def shared_strings(blocks: Sequence[bytes]) -> list[str]:
    """The texts of a string table and its continuations, in order.

    A table that ends early is told by the cells: the reader will not have them either.
    """
    found: list[str] = []
    if blocks:
        count = struct.unpack_from("<I", blocks[0], 4)[0]
        with contextlib.suppress(IndexError, struct.error):
            reader = _Blocks(blocks, _HEAD)
            for _ in range(count):
                found.append(reader.string())
    return found


def long_string(blocks: Sequence[bytes]) -> str:
    """The one string of a record and its continuations."""
    return _Blocks(blocks, 0).string()


class _Blocks:
    """A record and its continuations, read as one; characters restate their width in each."""

    def __init__(self, blocks: Sequence[bytes], place: int) -> None:
        self._blocks = blocks
        self._number = 0
        self._place = place

    def string(self) -> str:
        """The next string; marks of its fonts and of its reading are passed over."""
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(length, flags & 1)
        self._place += runs * 4 + extra
        return text

    def _left(self) -> int:
        while self._place >= len(self._blocks[self._number]):
            self._place -= len(self._blocks[self._number])
            self._number += 1
        return len(self._blocks[self._number]) - self._place

    def _take(self, count: int) -> bytes:
        found = b""
        while len(found) < count:
            size = min(self._left(), count - len(found))
            found += self._blocks[self._number][self._place : self._place + size]
            self._place += size
        return found

    def _characters(self, count: int, wide: int) -> str:
        text = ""
        while count:
            if self._place >= len(self._blocks[self._number]):
                self._left()
                wide = self._blocks[self._number][self._place] & 1
                self._place += 1
            size = 1 + wide
            block = self._blocks[self._number]
            here = min((len(block) - self._place) // size, count)
            if not here:
                raise IndexError("a character is cut")
            part = block[self._place : self._place + here * size]
            text += part.decode("utf-16-le" if wide else "latin-1", "replace")
            self._place += here * size
            count -= here
        return text
