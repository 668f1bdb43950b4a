"""Cells as offices really write them: understood, or handed back with a true reason."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.cells.cleaners import clean_distinct
from etl.cells.date_columns import Sheet
from etl.cells.identities import enterprise, is_credit_code
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import tidy
from tests.unit.cells.test_cleaners import clean

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
GOOD_CODE = "91990100MA00004219"


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("5起3人", "人", 3),
        ("5起3人", "起", 5),
        ("５起、３人", "人", 3),
        ("五起三人", "人", 3),
        ("三起", "起", 3),
        ("十二人", "人", 12),
        ("3处", "项", 3),
        ("１，２５０", "项", 1250),
    ],
)
def test_the_columns_own_measure_picks(
    context: Context, text: str, measure: str, expected: int
) -> None:
    assert clean(context, "count", text, declared=measure) == (expected, "", "")


@pytest.mark.parametrize(
    ("text", "measure", "note"),
    [
        ("5起3人", "", "（一格里不止一个数）"),
        ("5起3人", "项", "（一格里不止一个数）"),
        ("3人2人", "人", "（一格里不止一个数）"),
        ("3（1）", "人", "（一格里不止一个数）"),
        ("约5万", "人", "（是约数）"),
        ("10余人", "人", "（是约数）"),
        ("3起", "人", "（写的是“起”，本列以“人”计）"),
        ("93.5%", "项", "（是百分数，本列不是）"),
        ("若干", "项", ""),
    ],
)
def test_doubtful_counts_say_why(context: Context, text: str, measure: str, note: str) -> None:
    assert clean(context, "count", text, declared=measure) == (None, "bad_number", note)


def test_a_header_measure_goes_before_the_declared_one(context: Context) -> None:
    assert clean(context, "count", "5起3人", declared="人", stated="起") == (5, "", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3起5万元", "5"), ("¥12.5万", "12.5"), ("人民币5万元整", "5"), ("0.00125亿", "12.5")],
)
def test_amounts_with_other_words(context: Context, text: str, expected: str) -> None:
    result = clean(context, "amount", text, declared="万元", stated="元")
    assert result == (Decimal(expected), "", "")


@given(st.integers(min_value=0, max_value=10**13))
def test_one_amount_however_it_is_spelled(context: Context, cents: int) -> None:
    yuan = Decimal(cents) / 100
    wan = yuan / 10_000
    spellings = [
        (f"{yuan:f}", "元"),
        (f"{yuan:,f}元", "万元"),
        (f"{wan:f}", ""),
        (f"{wan:f}万元", "元"),
        (f"{yuan / 1000:f}千元", ""),
        (f"{yuan / 10**8:f}亿元", "元"),
        (f"{wan:f}".translate(WIDE), "万元"),
        (f"{yuan:,f}".translate(WIDE), "元"),
    ]
    found = {
        clean(context, "amount", text, declared="万元", stated=unit) for text, unit in spellings
    }
    assert found == {(wan, "", "")}


def rates(context: Context, texts: list[str], unit: str = "") -> list[Decimal | None]:
    column = Column("x", "整改率", "rate", False, "", "%")
    cleaned = clean_distinct(pa.array(texts), column, context, Sheet(unit=unit))
    assert {code for code, _ in cleaned.faults.values()} <= {"bad_rate"}
    values: list[Decimal | None] = cleaned.values.to_pylist()
    return values


@pytest.mark.parametrize(
    ("texts", "unit", "expected"),
    [
        (["93.5%", "９３．５％", "93.5", "百分之93.5"], "", ["93.5"] * 4),
        (["0.935", "0.5", "1", "0"], "", ["93.5", "50", "100", "0"]),
        (["93.5", "0.5", "100"], "%", ["93.5", "0.5", "100"]),
        (["93.5", "0.935", "93.5%"], "", ["93.5", None, "93.5"]),
        (["0.935", "93.5%"], "%", [None, "93.5"]),
        (["约90%", "9成"], "", [None, None]),
    ],
)
def test_rates(context: Context, texts: list[str], unit: str, expected: list[str | None]) -> None:
    assert rates(context, texts, unit) == [e and Decimal(e) for e in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月底前", date(2024, 3, 31)),
        ("2026年2月底", date(2026, 2, 28)),
        ("2026-10", date(2026, 10, 31)),
        ("2026年10月", date(2026, 10, 31)),
        ("2026年底前", date(2026, 12, 31)),
        ("年底", date(2024, 12, 31)),
        ("2024年3月5日前", date(2024, 3, 5)),
        ("2024.3.5", date(2024, 3, 5)),
    ],
)
def test_a_deadline_is_its_last_day(context: Context, text: str, expected: date) -> None:
    assert clean(context, "date", text, reading="deadline") == (expected, "", "")


@pytest.mark.parametrize(
    ("text", "code", "note"),
    [
        ("长期", "no_deadline", ""),
        ("2024.3.5—3.8", "bad_date", "（是一段时间，不是一天）"),
        ("2024年3月5日至8日", "bad_date", "（是一段时间，不是一天）"),
        ("2024-13-05", "bad_date", "（没有这一天）"),
        ("尽快", "bad_date", ""),
    ],
)
def test_no_deadline(context: Context, text: str, code: str, note: str) -> None:
    assert clean(context, "date", text, reading="deadline") == (None, code, note)


def test_long_term_validity_has_no_end(context: Context) -> None:
    assert clean(context, "date", "长期有效", reading="expiry") == (None, "", "")
    assert clean(context, "date", "2027-06", reading="expiry") == (date(2027, 6, 30), "", "")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("2024.3.5—3.8", "（是一段时间，不是一天）"),
        ("2016-10", "（只有月份，没有日）"),
        ("长期", "（没有具体日期）"),
        ("2024-02-30", "（没有这一天）"),
    ],
)
def test_a_date_in_doubt_says_why(context: Context, text: str, note: str) -> None:
    assert clean(context, "date", text) == (None, "bad_date", note)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("张  三", ("张三", "", "")),
        ("张\u3000三", ("张三", "", "")),
        ("张三13812345678", ("张三", "", "")),
        ("张三 0632-5512345", ("张三", "", "")),
        ("阿依古丽·买买提", ("阿依古丽·买买提", "", "")),
        ("张和平", ("张和平", "", "")),
        ("张三、李四", (None, "several_persons", "")),
        ("13812345678", (None, "bad_name", "")),
    ],
)
def test_persons(context: Context, text: str, expected: tuple[str | None, str, str]) -> None:
    assert clean(context, "text", text, reading="person") == expected


@pytest.mark.parametrize("text", [GOOD_CODE, GOOD_CODE.lower(), f" {GOOD_CODE[:9]} {GOOD_CODE[9:]}",
                                  GOOD_CODE.replace("0", "O"), GOOD_CODE.replace("1", "I"),
                                  GOOD_CODE.translate(WIDE)])  # fmt: skip
def test_credit_codes_in_any_hand(context: Context, text: str) -> None:
    for required in ("1", "0"):
        result = clean(context, "text", text, reading="credit_code", required=required)
        assert result == (GOOD_CODE, "", "")


def test_a_wrong_credit_code_is_returned_only_where_rows_are_counted_by_it(
    context: Context,
) -> None:
    wrong = GOOD_CODE[:-1] + "8"
    assert not is_credit_code(wrong)
    required = clean(context, "text", wrong, reading="credit_code", required="1")
    assert required == (None, "bad_credit_code", "（末位校验码不符，至少有一位写错）")
    assert clean(context, "text", wrong, reading="credit_code") == (wrong, "", "")


@pytest.mark.parametrize(
    "text",
    [
        "示例（甲）有限公司",
        "示例(甲)有限公司 ",
        "示例 （甲）　有限公司",
        "示例（甲）有限公司（原旧名厂）",
    ],
)
def test_variants_of_one_enterprise_are_one(text: str) -> None:
    assert enterprise(tidy(text)) == "示例（甲）有限公司"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("甲有限公司", "甲有限公司"),
        ("甲有限责任公司", "甲有限责任公司"),
        ("新厂（原旧厂）", "新厂"),
        ("ABC Steel (甲) 公司", "ABC Steel（甲）公司"),
        ("（原）", "（原）"),
    ],
)
def test_another_legal_form_is_another_enterprise(text: str, stored: str) -> None:
    assert enterprise(text) == stored
