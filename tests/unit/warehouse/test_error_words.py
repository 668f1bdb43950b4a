"""What DuckDB said, in words an analyst can act on, without places of the machine."""

from __future__ import annotations

import pytest

from warehouse.guard import error_words

LIMITS = {"sql_seconds": 5, "sql_columns": 200, "sql_text_characters": 9, "sql_queue_seconds": 5}
NAMES = ["死亡人数", "重伤人数", "属地", "事故"]


def explained(name: str, message: str, sql: str = "select 1") -> tuple[str, str]:
    return error_words.explain({"class": name, "message": message, "names": NAMES}, sql, LIMITS)


@pytest.mark.parametrize(
    ("name", "message", "said"),
    [
        (
            "BinderException",
            'Binder Error: Referenced column "死亡" not found in FROM clause!\n'
            'Candidate bindings: "死亡人数", "结案日期"',
            "没有名为“死亡”的列，相近的有：死亡人数。",
        ),
        (
            "CatalogException",
            'Catalog Error: Table with name 事故表 does not exist!\nDid you mean "事故"?',
            "没有名为“事故表”的表，相近的有：事故。",
        ),
        ("ParserException", 'Parser Error: syntax error at or near "frm"', "“frm”附近写法有误。"),
        (
            "BinderException",
            'Binder Error: column "属地" must appear in the GROUP BY clause or …',
            "“属地”要么写进 group by，要么放进汇总函数。",
        ),
        (
            "ConversionException",
            "Conversion Error: Could not convert string 'abc' to INT32",
            "“abc”不能转换成所要的类型（数字、日期）。",
        ),
        (
            "InvalidInputException",
            'Invalid Input Error: Cannot execute statement of type "DELETE" on database "serve-3"',
            "工作台只能查询，不能修改数据。",
        ),
        (
            "PermissionException",
            'Permission Error: Cannot access file "/etc/passwd" - … are disabled by configuration',
            "工作台只能读本库，不能读写文件、网络和设置。",
        ),
    ],
)
def test_known_faults_are_told_in_chinese(name: str, message: str, said: str) -> None:
    assert explained(name, message) == ("error", said)


def test_the_line_is_named_where_there_is_more_than_one() -> None:
    message = 'Parser Error: syntax error at or near "x"\n\nLINE 3: x'
    assert explained("ParserException", message, "a\nb\nx")[1].endswith("（第 3 行）。")
    assert "行" not in explained("ParserException", message, "x")[1]


@pytest.mark.parametrize(
    ("name", "message", "kind"),
    [
        ("NotOneSelect", "many", "refused"),
        ("NotOneSelect", "DELETE", "refused"),
        ("NotOneSelect", "UNKNOWN", "refused"),
        ("TooManyColumns", "300", "refused"),
        ("OutOfMemoryException", "Out of Memory Error: could not allocate", "memory"),
        ("MemoryError", "", "memory"),
        ("NoWall", "", "off"),
        ("SomethingNew", "what is this", "error"),
    ],
)
def test_every_end_has_a_kind_and_a_chinese_sentence(name: str, message: str, kind: str) -> None:
    found, said = explained(name, message)
    assert found == kind
    assert any("\u4e00" <= sign <= "\u9fff" for sign in said)


@pytest.mark.parametrize(
    "place",
    ["/srv/liangshai/data/home/demo/builds/serve-3.duckdb", r"C:\Users\wang\data\serve-3.duckdb"],
)
def test_places_are_left_out(place: str) -> None:
    said = explained("IOException", f'IO Error: Could not read "{place}" at once')[1]
    assert "serve" not in said
    assert "wang" not in said
    assert "（路径略）" in said


def test_our_own_sentences_say_the_limits() -> None:
    assert "5 秒" in error_words.sentence("timeout", LIMITS)
    assert error_words.sentence("never heard of", LIMITS) == error_words.SENTENCES["crashed"]
