"""What a person reads when a command fails: one Chinese line; the trace goes to the log."""

from __future__ import annotations

import contextlib
import errno
import secrets
import traceback
from pathlib import Path

import duckdb

from etl.receipts import now
from warehouse.home import Home

FULL_DISK = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
FULL_DISK_WORDS = ("No space left", "File too large", "Could not write", "quota exceeded")


def is_disk_full(fault: BaseException) -> bool:
    """Whether a write failed for want of space; the database says so in its own words."""
    if isinstance(fault, OSError):
        return fault.errno in FULL_DISK or any(w in str(fault) for w in FULL_DISK_WORDS)
    return isinstance(fault, duckdb.Error) and any(w in str(fault) for w in FULL_DISK_WORDS)


def sentence(fault: BaseException, home: Home) -> str:
    """The line for a fault nobody foresaw, or for a disk that gave up."""
    if is_disk_full(fault):
        return "没有完成，现有数据未变：磁盘空间不足，清理后重试"
    if isinstance(fault, OSError):
        return f"没有完成，现有数据未变：{fault.strerror or fault}"
    number = f"E-{secrets.randbelow(900_000) + 100_000}"
    path = _log(home, number, fault)
    return f"没有完成，现有数据未变：程序出错，编号 {number}，详情在 {path}"


def _log(home: Home, number: str, fault: BaseException) -> Path:
    path = home.log / "etl.log"
    text = "".join(traceback.format_exception(fault))
    with contextlib.suppress(OSError):  # the line on the screen matters more than the log
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{now()} {number}\n{text}\n")
    return path
