"""The records of BIFF12, which the parts of a binary workbook are made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from etl.declarations.refusal import RefusedError
from etl.formats.raw.number_formats import is_missed

_FORMAT, _STYLE, _STYLES, _STYLES_END = 44, 47, 617, 618


def records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(type, start, length) of every record; both numbers are written seven bits a byte."""
    place, end = 0, len(data)
    while place < end:
        kind = data[place]
        place += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[place] & 0x7F) << 7
            place += 1
        length = shift = 0
        for _ in range(4):
            byte = data[place]
            place += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if place + length > end:
            raise RefusedError("truncated")
        yield kind, place, length
        place += length


def wide(data: bytes, place: int) -> tuple[str, int]:
    """A counted string and where it ends."""
    length = struct.unpack_from("<I", data, place)[0]
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + length * 2
    return data[place + 4 : end].decode("utf-16-le", "replace"), end


def missed_styles(data: bytes) -> frozenset[int]:
    """Numbers of the cell styles that show a day the reader takes for a number."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    is_inside = False
    for kind, start, _ in records(data):
        is_inside = kind == _STYLES or (is_inside and kind != _STYLES_END)
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", data, start)[0]] = wide(data, start + 2)[0]
        elif kind == _STYLE and is_inside:
            numbers.append(struct.unpack_from("<H", data, start + 2)[0])
    return frozenset(i for i, n in enumerate(numbers) if is_missed(n, codes.get(n, "")))
