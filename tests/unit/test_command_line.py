"""A wrong call and a fault of the system are told in Chinese, by every command."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable

import pytest

import etl.__main__
import reports.__main__
from warehouse.command_line import SYSTEM_WORDS, words_of

Main = Callable[[list[str] | None], int]
ETL, REPORTS = etl.__main__.main, reports.__main__.main
CALLS = [
    (ETL, [], "还须写明 命令"),
    (ETL, ["load"], "还须写明 文件或文件夹"),
    (ETL, ["nonsense"], "命令 不能是 'nonsense'，可用："),
    (ETL, ["load", "x", "--unit"], "--unit 后面要写一个值"),
    (ETL, ["load", "x", "--bogus"], "不认得 --bogus"),
    (ETL, ["load", "x", "--load-id", "3"], "导入编号应写作"),
    (ETL, ["load", "x", "--json=1"], "--json 后面不写值，不要 '1'"),
    (ETL, ["sample", "--out", "x", "--se", "甲"], "--seed 应是数字，不是 '甲'"),
    (ETL, ["undo", "x", "--json-l", "--js"], "--js 可以是 --json, --json-lines，请写全"),
    (REPORTS, ["ranking"], "还须写明 --out"),
]


@pytest.mark.parametrize(("main", "words", "told"), CALLS)
def test_a_wrong_call_is_told_in_chinese(
    main: Main, words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    usage, _, line = capsys.readouterr().err.rpartition("✗ ")
    assert usage.startswith("用法：")
    assert line.startswith("命令写法不对：")
    assert told in line


def test_the_help_has_no_english_headings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        ETL(["load", "--help"])
    shown = capsys.readouterr().out
    assert "要写的" in shown
    assert not re.search(r"usage|options|argument|show|exit", shown)


def test_a_fault_of_the_system_says_what_and_where() -> None:
    assert words_of(FileNotFoundError("没有 2026-10 的定稿")) == "没有 2026-10 的定稿"
    fault = PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/srv/报送")
    assert words_of(fault) == "/srv/报送：没有读写权限"
    assert words_of(OSError(errno.ENOSPC, "No space left on device")) == SYSTEM_WORDS[errno.ENOSPC]
    assert words_of(OSError(errno.EPIPE, "Broken pipe")) == f"系统错误 {errno.EPIPE}"


@pytest.mark.usefixtures("home")
def test_what_cannot_be_written_ends_as_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["scorecard", "--month", "2026-10", "--out", "/dev/null/nowhere"]
    assert REPORTS(words) == 1
    assert capsys.readouterr().out == "没有完成：/dev/null/nowhere：不是文件夹\n"
