"""Values that BIFF8 and BIFF12 write alike."""

from __future__ import annotations

import struct

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}


def error_text(code: int) -> str:
    """What a person sees in the cell."""
    return _ERRORS.get(code, "#N/A")


def packed_number(stream: bytes, place: int) -> float:
    """The packed number: thirty bits of a whole number or of a double, perhaps hundredths."""
    packed = struct.unpack_from("<i", stream, place)[0]
    if packed & 2:
        value = float(packed >> 2)
    else:
        value = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", packed & ~3))[0]
    return value / 100 if packed & 1 else value
