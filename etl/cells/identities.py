"""Numbers and names that identify: identity cards, credit codes, persons, enterprises.

Check digits are counted (GB 11643 for persons, GB 32100 for organisations), so that a mistyped
number is handed back instead of becoming another person or firm.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from etl.declarations.text_keys import compact, tidy

Result = tuple[str | None, str, str]

_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d{2}")
_ID = re.compile(r"\d{17}[\dX]")
_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_DIGITS: Final = "10X98765432"
_CODE_LETTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_WEIGHTS: Final = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MISTAKEN: Final = str.maketrans("OI", "01")
"""GB 32100 knows no O and no I: where they stand, 0 and 1 were meant."""

_SEPARATORS: Final = str.maketrans("", "", "-'‘’`")
_OLD_ID = re.compile(r"\d{15}")
_PHONE = re.compile(r"[(（]?(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})[)）]?")
_SEVERAL = re.compile(r"[、,，;；/]|等(?:[\d一二三四五六七八九十]+人|$)")
_DOTS = re.compile(r"\s*[·•・∙‧⋅]\s*|(?<=[\u4e00-\u9fff])\s*[.．]\s*(?=[\u4e00-\u9fff])")
_FORMER = re.compile(r"\((?:原|曾用名)[^()]+\)$")
_BESIDE_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff()])\s+|\s+(?=[\u4e00-\u9fff()])")


def id_number(text: str) -> Result:
    """An 18-digit identity number whose birthday exists and whose last digit is right."""
    word = compact(text).upper().translate(_SEPARATORS)
    if _SCIENTIFIC.fullmatch(compact(text)):
        return None, "damaged_id", ""
    word = word[:-1] + "X" if word.endswith("×") else word
    if not _ID.fullmatch(word):
        return None, "bad_id", _length(word, "是15位旧号，请换成18位")
    if not _is_day(word[6:14]):
        return None, "bad_id", "（第7至14位不是出生日期）"
    total = sum(int(digit) * weight for digit, weight in zip(word, _ID_WEIGHTS, strict=False))
    if _ID_DIGITS[total % 11] != word[17]:
        return None, "bad_id", "（末位校验码不符，至少有一位写错）"
    return word, "", ""


def credit_code(text: str, is_required: bool) -> Result:
    """An 18-character credit code; O and I, which it cannot have, are read as 0 and 1.

    A code whose check digit is wrong is handed back where the code is what a row is counted by,
    and kept as written where it only describes the row.
    """
    word = compact(text).upper().translate(_SEPARATORS)
    if _SCIENTIFIC.fullmatch(compact(text)):
        return None, "damaged_id", ""
    mended = word.translate(_MISTAKEN)
    if is_credit_code(mended):
        return mended, "", ""
    if not is_required:
        return tidy(text) or None, "", ""
    if len(word) != 18:
        return None, "bad_credit_code", _length(word, "是15位的旧注册号")
    return None, "bad_credit_code", "（末位校验码不符，至少有一位写错）"


def is_credit_code(word: str) -> bool:
    """Whether a code has 18 allowed characters and the right check digit."""
    if len(word) != 18 or not set(word) <= set(_CODE_LETTERS):
        return False
    values = (_CODE_LETTERS.index(letter) for letter in word[:17])
    total = sum(value * weight for value, weight in zip(values, _CODE_WEIGHTS, strict=True))
    return _CODE_LETTERS[(31 - total % 31) % 31] == word[17]


def person(text: str) -> Result:
    """One person's name: inner spaces and a telephone number glued to it fall away."""
    name = _DOTS.sub("·", tidy(_PHONE.sub("", tidy(text))))
    if " " in name and any(len(part) == 1 for part in name.split()) and not name.isascii():
        name = name.replace(" ", "")
    apart = [part for part in text.split("\n") if len(part.strip()) > 1]
    if _SEVERAL.search(name) or (len(apart) > 1 and " " in name):
        return None, "several_persons", ""
    return (name, "", "") if name and not name.isdigit() else (None, "bad_name", "")


def enterprise(name: str) -> str:
    """An enterprise's name in the one spelling under which it is compared and counted.

    Brackets become full-width, spaces beside Chinese and an old name in brackets fall away (the
    cell's text keeps them); 有限公司 and 有限责任公司 stay two.
    """
    word = name.replace("（", "(").replace("）", ")")
    word = _FORMER.sub("", _BESIDE_CHINESE.sub("", word))
    return word.replace("(", "（").replace(")", "）") or name


def _length(word: str, old: str) -> str:
    """What is wrong with a number that has not the right shape, for the sentence."""
    if "*" in word:
        return "（有几位被星号遮住）"
    if _OLD_ID.fullmatch(word):
        return f"（{old}）"
    return f"（应为18位，现为{len(word)}位）" if len(word) != 18 else "（应为18位数字，末位可为X）"


def _is_day(word: str) -> bool:
    try:
        return date(int(word[:4]), int(word[4:6]), int(word[6:])).year >= 1900
    except ValueError:
        return False
