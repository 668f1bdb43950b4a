"""Each column type: what a person would understand is accepted, what one would doubt is not."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.cells.cleaners import Result, clean_distinct, cleaner_of
from etl.cells.date_columns import Sheet
from etl.cells.dates import parse_date
from etl.declarations.declarations import Context
from etl.declarations.fields import Column
from etl.declarations.text_keys import chinese_number, tidy

MARCH = date(2024, 3, 5)


def clean(context: Context, kind: str, text: str, **options: str) -> Result:
    column = Column(
        *("x", "某列", kind, options.get("required") == "1", options.get("codes", "")),
        *(options.get("declared", ""), options.get("reading", "")),
    )
    return cleaner_of(column, context, Sheet(2024, options.get("stated", "")))(text)


@pytest.mark.parametrize(
    "text",
    [
        *("2024.3.5", "2024/3/5", "2024-03-05", "2024年3月5日", "3月5日", "20240305", "45356"),
        *("45356.0", "45356.4375", "2024-03-05 00:00:00", "2024-03-05 10:30:00"),
        *("2024/3/5 8:05", "2024年3月5日10时30分", "2024年3月5日 10:30", "２０２４．３．５"),
        *("2024年 3月 5日", " 2024.03.05. ", "2024年3月5日（星期二）", "二〇二四年三月五日"),
        *("2024—03—05", "2024-03-05T10:30:00", "2024年3月5号", "2024年3月5日上午9时许"),
    ],
)
def test_date(context: Context, text: str) -> None:
    assert clean(context, "date", text) == (MARCH, "", "")


@pytest.mark.parametrize(
    "text",
    [
        *("2024.3.5—3.8", "3月底前", "长期", "2016-10", "2024.13.5", "2024-02-30", "24.3.5", "3.5"),
        *(
            "2024-3/5",
            "1899-12-31 10:30:00",
            "0",
            "12345",
            "2024年",
            "去年",
            "3024-01-01",
            "5/3/2024",
        ),
    ],
)
def test_bad_date(context: Context, text: str) -> None:
    assert clean(context, "date", text)[:2] == (None, "bad_date")


def test_yearless_date_needs_a_stated_year() -> None:
    assert parse_date("3月5日") is None
    assert parse_date("2月29日", 2023) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[
            (t, date(2026, 10, 1))
            for t in ("2026-10", "2026年10月", "2026.10", "202610", "2026/10")
        ],
        *[
            (t, date(2026, 10, 1))
            for t in ("2026-10-01 00:00:00", "2026年10月份", "2026年10月31日")
        ],
        ("10月", date(2024, 10, 1)),
        ("2026.1", date(2026, 1, 1)),
    ],
)
def test_month(context: Context, text: str, expected: date) -> None:
    assert clean(context, "month", text) == (expected, "", "")


@pytest.mark.parametrize("text", ["1—10月", "2026-13", "13", "2026", "十月前"])
def test_bad_month(context: Context, text: str) -> None:
    assert clean(context, "month", text)[1] == "bad_month"


@pytest.mark.parametrize("text", ["2026", "2026年", "2026年度", "２０２６", "二〇二六年"])
def test_year(context: Context, text: str) -> None:
    assert clean(context, "year", text) == (2026, "", "")


@pytest.mark.parametrize("text", ["26", "2026.5", "2025-2026", "1889", "2026-10"])
def test_bad_year(context: Context, text: str) -> None:
    assert clean(context, "year", text)[1] == "bad_year"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("3", 3), ("3.0", 3), ("３", 3), ("三起", 3), ("3人", 3), ("3 人", 3), ("1,250", 1250)),
        *(("1，250", 1250), ("十二", 12), ("两人", 2), ("一百零五项", 105), ("二十", 20)),
        *(("—", 0), ("－", 0), ("-", 0), ("无", 0), ("未发生", 0), ("零", 0), ("0", 0)),
        *(("", None), ("  ", None), ("\u3000", None), ("/", None), ("／", None), ("暂无", None)),
        *(("\\", None), ("*", None)),
    ],
)
def test_count(context: Context, text: str, expected: int | None) -> None:
    assert clean(context, "count", text) == (expected, "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[
            (t, "bad_number")
            for t in ("约5", "5起3人", "3（1）", "5余", "1,25", "一二起", "abc", "3%")
        ],
        *(("-1", "negative_number"), ("3.5", "not_integer"), ("99999999999", "bad_number")),
    ],
)
def test_bad_count(context: Context, text: str, code: str) -> None:
    assert clean(context, "count", text)[:2] == (None, code)


@pytest.mark.parametrize(
    ("text", "stated", "expected"),
    [
        ("12.5", "", "12.5000"),
        ("12.5万元", "", "12.5000"),
        ("125000元", "", "12.5000"),
        ("125,000", "元", "12.5000"),
        ("12.5万元", "元", "12.5000"),
        ("0.3亿元", "", "3000.0000"),
        ("１２．５", "万元", "12.5000"),
        ("12345.67", "元", "1.234567"),
        ("1.2e3", "", "1200.0000"),
    ],
)
def test_money(context: Context, text: str, stated: str, expected: str) -> None:
    result = clean(context, "amount", text, declared="万元", stated=stated)
    assert result == (Decimal(expected), "", "")


@pytest.mark.parametrize("marker", ["—", "无", "/", ""])
def test_empty_money_is_not_zero(context: Context, marker: str) -> None:
    assert clean(context, "amount", marker, declared="万元") == (None, "", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("约5万", "bad_number"),
        ("-3", "negative_number"),
        ("5人", "bad_number"),
        ("1e30", "bad_number"),
    ],
)
def test_bad_money(context: Context, text: str, code: str) -> None:
    assert clean(context, "amount", text, declared="万元")[1] == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *[(t, True) for t in ("是", "√", "有", "Y", "true", "1", "✓")],
        *[(t, False) for t in ("否", "×", "无", "N", "false", "0", "没有")],
        *[(t, None) for t in ("", "—", "/")],
    ],
)
def test_flag(context: Context, text: str, expected: bool | None) -> None:
    assert clean(context, "flag", text) == (expected, "", "")


def test_bad_flag(context: Context) -> None:
    assert clean(context, "flag", "部分")[1] == "bad_flag"


@pytest.mark.parametrize(
    ("codes", "text", "expected"),
    [
        ("sector_field", "危险化学品", "hazardous_chemicals"),
        ("sector_field", "危 化 品", "hazardous_chemicals"),
        ("supervise_level", "无", "none"),
        ("economy_period", "1-3月", "q1"),
        ("economy_period", "1至9月", "q3"),
        ("economy_metric", "gdp", "gdp"),
        ("accident_type", "厂(场)内车辆致害", "t2025_02"),
        ("sector_field", "—", None),
    ],
)
def test_code(context: Context, codes: str, text: str, expected: str | None) -> None:
    assert clean(context, "code", text, codes=codes) == (expected, "", "")


@pytest.mark.parametrize("text", ["爆炸", "危化品、煤矿", "危险"])
def test_unknown_code(context: Context, text: str) -> None:
    assert clean(context, "code", text, codes="sector_field")[1] == "unknown_code"


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("place", "禾原", ("heyuan", "", "")),
        ("place", "示例市禾原街道", ("heyuan", "", "")),
        ("place", "禾原办事处", ("heyuan", "", "")),
        ("place", "开发区", ("park", "", "")),
        ("place", "沙镇", (None, "ambiguous_place", "可能是东沙镇或南沙镇")),
        ("place", "应急局", (None, "unknown_place", "")),
        ("place", "全市", (None, "unknown_place", "")),
        ("place", "禾原街道东村", (None, "unknown_place", "（是否指“禾原街道”）")),
        ("place", "—", (None, "", "")),
        ("department", "市应急局", ("safety", "", "")),
        ("department", "禾原", (None, "unknown_department", "")),
        ("actor", "禾原", ("heyuan", "", "")),
        ("actor", "应急局", ("safety", "", "")),
    ],
)
def test_units(context: Context, kind: str, text: str, expected: Result) -> None:
    assert clean(context, kind, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("370481199001011233", ("370481199001011233", "", "")),
        ("37048119900101125x", ("37048119900101125X", "", "")),
        ("３７０４８１ 19900101 1233", ("370481199001011233", "", "")),
        ("3.7E+17", (None, "damaged_id", "")),
        ("3.70481199001011E+17", (None, "damaged_id", "")),
        ("370481900101123", (None, "bad_id", "（是15位旧号，请换成18位）")),
        ("370481199001011234", (None, "bad_id", "（末位校验码不符，至少有一位写错）")),
        ("370481199013011233", (None, "bad_id", "（第7至14位不是出生日期）")),
        ("", (None, "", "")),
    ],
)
def test_id_number(context: Context, text: str, expected: Result) -> None:
    assert clean(context, "id_number", text) == expected


def test_texts_keep_their_spelling(context: Context) -> None:
    given_texts = [
        "007",
        " 示例（甲） 公司 ",
        "张\u3000三",
        "１２３号",
        "无",
        "—",
        "3.7E+17",
        "a\nb",
        "2026-03-05 00:00:00",
        "1899-12-31 10:30:00",
    ]
    column = Column("x", "某列", "text", False, "", "")
    cleaned = clean_distinct(pa.array(given_texts), column, context, Sheet())
    assert cleaned.values.to_pylist() == [
        *("007", "示例（甲） 公司", "张三", "123号", None, None, None, "a b"),
        *("2026-03-05", "10:30:00"),
    ]
    assert cleaned.faults == {6: ("damaged_id", "")}


@given(st.integers(min_value=0, max_value=99_999))
def test_chinese_numbers_read_back(number: int) -> None:
    digits, places = "零一二三四五六七八九", ["", "十", "百", "千", "万"]
    written, text = str(number), ""
    for index, digit in enumerate(written):
        if digit != "0" or number == 0:
            text += digits[int(digit)] + places[len(written) - 1 - index]
        elif not text.endswith("零"):
            text += "零"
    assert chinese_number(text.rstrip("零") or "零") == number


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_style_of_one_day_is_the_same_day(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    for text in (f"{y}.{m}.{d}", f"{y}年{m}月{d}日", f"{y}/{m:02}/{d:02}", f"{day} 00:00:00"):
        assert parse_date(text) == day


@given(st.text())
def test_tidying_is_stable(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(
    st.sampled_from("text date month year count amount flag id_number place actor".split()),
    st.text(),
)
def test_no_text_breaks_a_cleaner(context: Context, kind: str, text: str) -> None:
    value, code, _ = clean(context, kind, text)
    assert value is None or not code
