"""What a person reads when a command fails: one Chinese line; the trace goes to the log."""

from __future__ import annotations

import contextlib
import errno
import secrets
import traceback
from pathlib import Path

import duckdb

from etl.intake.receipts import now
from warehouse.command_line import SYSTEM_WORDS
from warehouse.files.home import Home
from warehouse.versions.versions import current_number

FULL_DISK = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
FULL_DISK_WORDS = ("No space left", "File too large", "Could not write", "quota exceeded")


def is_disk_full(fault: BaseException) -> bool:
    """Whether a write failed for want of space; the database says so in its own words."""
    if isinstance(fault, OSError):
        return fault.errno in FULL_DISK or any(w in str(fault) for w in FULL_DISK_WORDS)
    return isinstance(fault, duckdb.Error) and any(w in str(fault) for w in FULL_DISK_WORDS)


def sentence(fault: BaseException, home: Home, served_before: int | None) -> str:
    """The line for a fault nobody foresaw, or for a disk that gave up; true of what is served."""
    served = current_number(home)
    stands = served == served_before
    begun = "没有完成，现有数据未变" if stands else f"第 {served} 版已发布，但收尾没有完成"
    if is_disk_full(fault):
        return f"{begun}：磁盘空间不足，清理后重试"
    if isinstance(fault, OSError):
        place = f"（{fault.filename}）" if fault.filename else ""
        return f"{begun}：{SYSTEM_WORDS.get(fault.errno or 0) or _numbered(home, fault)}{place}"
    return f"{begun}：{_numbered(home, fault)}"


def _numbered(home: Home, fault: BaseException) -> str:
    number = f"E-{secrets.randbelow(900_000) + 100_000}"
    return f"程序出错，编号 {number}，详情在 {_log(home, number, fault)}"


def _log(home: Home, number: str, fault: BaseException) -> Path:
    path = home.log / "etl.log"
    text = "".join(traceback.format_exception(fault))
    with contextlib.suppress(OSError):  # the line on the screen matters more than the log
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{now()} {number}\n{text}\n")
    return path
