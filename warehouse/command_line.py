"""What the commands share: a parser that speaks Chinese, and the one line a fault ends as."""

from __future__ import annotations

import argparse
import errno
import re
import sys
from typing import Any, NoReturn

#: What argparse says of a call it does not understand, and what it means.
SAID = (
    (r"the following arguments are required: (.+)", r"还须写明 \1"),
    (r"one of the arguments (.+) is required", r"\1 须写一个"),
    (r"unrecognized arguments: (.+)", r"不认得 \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 可以是 \2，请写全"),
    (r"argument (.+?): invalid choice: (.+) \(choose from (.+)\)", r"\1 不能是 \2，可用：\3"),
    (r"argument (.+?): expected (?:at least )?one argument", r"\1 后面要写一个值"),
    (r"argument (.+?): invalid (?:int|float) value: (.+)", r"\1 应是数字，不是 \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 后面不写值，不要 \2"),
    (r"argument (.+?): (.+)", r"\1：\2"),
)
#: What the system says when it refuses, as a person can act on it.
SYSTEM_WORDS = {
    errno.EACCES: "没有读写权限",
    errno.EPERM: "没有读写权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOENT: "找不到文件或文件夹",
    errno.ENOTDIR: "不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.EBUSY: "文件正被别的程序占用",
    errno.EIO: "磁盘读写出错，请检查硬盘",
    errno.EMFILE: "打开的文件太多，请关闭其他程序后重试",
    errno.ENFILE: "打开的文件太多，请关闭其他程序后重试",
    errno.ENAMETOOLONG: "名称太长",
    errno.ENOSPC: "磁盘空间不足，清理后重试",
}


class _Format(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class Parser(argparse.ArgumentParser):
    """A command line that explains itself, and refuses a call, in Chinese."""

    def __init__(self, *words: Any, **given: Any) -> None:
        super().__init__(*words, **{"formatter_class": _Format, **given, "add_help": False})
        self._positionals.title, self._optionals.title = "要写的", "可加的"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the call and end with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, f"✗ 命令写法不对：{said(message)}\n")


def said(message: str) -> str:
    """Argparse's sentence in Chinese; one of our own stays as it is."""
    for pattern, words in SAID:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return found.expand(words)
    return message


def words_of(fault: BaseException) -> str:
    """The Chinese sentence a fault was raised with; of the system's own, what could not be had."""
    if not isinstance(fault, OSError) or fault.errno is None:
        return str(fault.args[0] if fault.args else fault)
    what = SYSTEM_WORDS.get(fault.errno, f"系统错误 {fault.errno}")
    return f"{fault.filename}：{what}" if fault.filename else what
