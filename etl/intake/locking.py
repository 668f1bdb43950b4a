"""One writer at a time per home: the second is told who is at work and since when."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from filelock import FileLock, Timeout

from etl.intake.receipts import now
from warehouse.files.home import Home, write_atomic


class Busy(RuntimeError):
    """Somebody else is loading; the message says who, since when."""


@contextmanager
def writing(home: Home, actor: str) -> Iterator[None]:
    """Hold the home's write lock; the system releases it when the process dies, however it dies."""
    home.folder.mkdir(parents=True, exist_ok=True)
    owner = home.folder / "writing.json"
    lock = FileLock(home.folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as busy:
        raise Busy(_who(owner.read_text(encoding="utf-8") if owner.exists() else "{}")) from busy
    try:
        note = {"actor": actor, "since": now(), "pid": os.getpid()}
        write_atomic(owner, json.dumps(note, ensure_ascii=False).encode())
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _who(note: str) -> str:
    known = json.loads(note)
    who, since = known.get("actor", "另一位同事"), known.get("since")
    begun = f"{datetime.fromisoformat(since).astimezone():%m月%d日 %H:%M}" if since else "刚才"
    return f"{who}正在导入（{begun} 开始），请稍后再试"
