"""HOME/<profile>/state.sqlite: what people leave behind that changes no figure.

Sessions, failed sign-ins, the access log; each module that keeps something here owns its tables
and hands their `create table if not exists` to `connected`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from warehouse.files.home import Home

BUSY_SECONDS = 10
VERSION = 1  # `pragma user_version` of files made from here on; 0 in earlier ones, read the same


def state_path(home: Home) -> Path:
    """The file; it need not exist."""
    return home.folder / "state.sqlite"


@contextmanager
def connected(home: Home, schema: str, *, writes: bool = True) -> Iterator[sqlite3.Connection]:
    """One transaction, kept when the block ends well and taken back when it does not.

    A connection is opened per use and never shared, so any thread or process may call this.
    """
    path = state_path(home)
    is_new = not path.exists()
    if is_new:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)  # before SQLite would, so that its owner alone can read it
    # Autocommit mode: the transaction begins where this says so, not where sqlite3 guesses.
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        stamp = f"pragma user_version = {VERSION};" if is_new else ""
        connection.executescript(f"pragma foreign_keys = on; {stamp} {schema}")
        connection.execute("begin immediate" if writes else "begin")
        try:
            yield connection
        except BaseException:
            connection.execute("rollback")
            raise
        connection.execute("commit")
