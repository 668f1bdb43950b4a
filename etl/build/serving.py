"""From a checked candidate to the two files that are kept: `serve-N` open, `staff-N` complete.

What is open is a row of `sql/dictionary/`; a column nobody has listed is personal, so a forgotten
column is hidden, never shown.
"""

from pathlib import Path

from warehouse.models.chinese_views import put_chinese_views
from warehouse.models.database import (
    column_names,
    content_hash,
    copy_tables,
    open_scratch,
    open_sealed,
    table_names,
)
from warehouse.models.dictionary import open_columns
from warehouse.versions.lifted_tables import put_version

NOT_SERVED = ("lake.", "profile.all_targets")
#: Columns that say when and by which receipt a row came, which may differ between equal builds.
BOOKKEEPING = frozenset(
    (
        *("receipt_seq", "precedence_seq"),
        *("received_at", "received_date", "first_received_at", "first_received_date"),
    )
)


def write_files(candidate: Path, serve: Path, staff: Path) -> None:
    """Copy the candidate's tables: open columns to one file, all columns to the other."""
    with open_sealed(candidate) as source:
        kept = {
            name: column_names(source, name)
            for name in table_names(source)
            if not name.startswith(NOT_SERVED)
        }
    shown = {name: columns for name in kept if (columns := open_columns(name, kept[name]))}
    for path, tables in ((serve, shown), (staff, kept)):
        with open_scratch(path) as target:
            target.begin()  # or the file is synced to the disk after every table and comment
            copy_tables(target, candidate, tables)
            put_chinese_views(target, tables)
            put_version(target)
            target.commit()
            target.execute("checkpoint")


def read_back(path: Path) -> dict[str, str]:
    """Read a finished file in full and hash every table: corruption shows here, not later."""
    with open_sealed(path) as connection:
        return {
            name: content_hash(connection, name, without=BOOKKEEPING)
            for name in table_names(connection)
        }
