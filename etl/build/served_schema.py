"""`python -m etl.build.served_schema`: draw up `sql/dictionary/served.csv` from today's models.

An empty home of the default profile is built; what comes of it, table by table, is what files are
lifted to. A contract test holds the CSV to the models, so a column is never added without it.
`docs/served-schema.md` says the same to a reader, and is written with it.
"""

import csv
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from etl.build.candidate import build_candidate
from etl.build.inputs.row_ledger import read_ledger
from etl.build.schema_paper import PAPER, paper
from etl.build.serving import NOT_SERVED
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.models.database import open_sealed, stored_types
from warehouse.models.dictionary import DICTIONARY

SERVED_CSV = DICTIONARY / "served.csv"
HEADER = ("table_name", "column_name", "type")


def stored_tables() -> dict[str, dict[str, str]]:
    """Tables of a staff file as today's models make them, each with its columns and their types."""
    with tempfile.TemporaryDirectory(prefix="liangshai-schema-") as folder:
        home = Home(Path(folder), DEFAULT_PROFILE)
        path = home.builds / "candidate-1.duckdb"
        build_candidate(home, path, [], [], read_ledger(home, [], "", [], []))
        with open_sealed(path) as connection:
            tables = stored_types(connection)
    return {name: columns for name, columns in tables.items() if not name.startswith(NOT_SERVED)}


def drawn_up(tables: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """The CSV of some tables, or of those today's models make."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for table, columns in (tables or stored_tables()).items():
        writer.writerows((table, column, kind) for column, kind in columns.items())
    return text.getvalue()


def main() -> None:
    """Write the CSV and the paper."""
    tables = stored_tables()
    SERVED_CSV.write_text(drawn_up(tables), encoding="utf-8")
    PAPER.write_text(paper(tables), encoding="utf-8")


if __name__ == "__main__":
    main()
