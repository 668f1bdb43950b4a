"""`docs/served-schema.md`: the stored tables as a paper, drawn up from the dictionary's rows."""

from collections.abc import Mapping
from itertools import groupby

from warehouse.files.home import REPOSITORY
from warehouse.models.dictionary import open_columns, rows

PAPER = REPOSITORY / "docs" / "served-schema.md"
HEAD = """# Served schema

Drawn up by `python -m etl.build.served_schema` from `sql/dictionary/`; do not edit.

A build is two files: `serve-N.duckdb` holds the open columns, `staff-N.duckdb` all of them. What
only the second holds is listed as *staff file*. Chinese names are those of the analyst's views.
What a table is made of, and why, says the file of its name in `sql/`.
"""


def paper(tables: Mapping[str, Mapping[str, str]]) -> str:
    """The whole paper: a part per schema, a section per table with its columns and their types."""
    parts = [HEAD]
    for schema, names in groupby(sorted(tables), lambda name: name.split(".")[0]):
        parts.append(f"\n## {schema}\n")
        parts += [_section(name, tables[name]) for name in names]
    return "".join(parts)


def _section(table: str, columns: Mapping[str, str]) -> str:
    told = {row["table_name"]: row for row in rows("tables")}.get(table, {})
    shown = open_columns(table, columns)
    lines = [f"\n### `{table}`" + (f" {told['name_zh']}" if told.get("name_zh") else "")]
    if told.get("name_zh"):
        lines.append(f"{told['meaning_zh']}。{told['grain_zh']}。")
    if shown:
        lines.append(_listed(table, {name: columns[name] for name in shown}))
    if hidden := {name: kind for name, kind in columns.items() if name not in shown}:
        lines.append(f"*Staff file*: {_listed(table, hidden)}")
    return "\n\n".join(lines) + "\n"


def _listed(table: str, columns: Mapping[str, str]) -> str:
    """`` `column` 中文名 type · … ``."""
    names = {r["column_name"]: r["name_zh"] for r in rows("columns") if r["table_name"] == table}
    named = [f"`{name}` {names.get(name, '')} {kind.lower()}" for name, kind in columns.items()]
    return " · ".join(" ".join(words.split()) for words in named)
