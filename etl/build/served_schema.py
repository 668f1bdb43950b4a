"""`python -m etl.build.served_schema`: draw up `sql/dictionary/served.csv` from today's models.

An empty home of the default profile is built; what comes of it, table by table, is what files are
lifted to. A contract test holds the CSV to the models, so a column is never added without it.
"""

import csv
import io
import tempfile
from pathlib import Path

from etl.build.candidate import build_candidate
from etl.build.inputs.row_ledger import read_ledger
from etl.build.serving import NOT_SERVED
from warehouse.files.home import DEFAULT_PROFILE, Home
from warehouse.models.database import open_sealed, stored_types
from warehouse.models.dictionary import DICTIONARY

SERVED_CSV = DICTIONARY / "served.csv"
HEADER = ("table_name", "column_name", "type")


def drawn_up() -> str:
    """The CSV as today's models make it."""
    with tempfile.TemporaryDirectory(prefix="liangshai-schema-") as folder:
        home = Home(Path(folder), DEFAULT_PROFILE)
        path = home.builds / "candidate-1.duckdb"
        build_candidate(home, path, [], [], read_ledger(home, [], "", [], []))
        with open_sealed(path) as connection:
            tables = stored_types(connection)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for table, columns in tables.items():
        if not table.startswith(NOT_SERVED):
            writer.writerows((table, column, kind) for column, kind in columns.items())
    return text.getvalue()


def main() -> None:
    """Write it."""
    SERVED_CSV.write_text(drawn_up(), encoding="utf-8")


if __name__ == "__main__":
    main()
