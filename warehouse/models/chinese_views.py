"""The tables analysts ask, under the names they use: 事故, 隐患, 培训, 执法.

The views are generated from the dictionary's rows, for each file that is published or lifted.
"""

from collections.abc import Mapping, Sequence

from warehouse.models import dictionary
from warehouse.models.database import Connection, comment_on, quoted, text_literal


def put_chinese_views(target: Connection, tables: Mapping[str, Sequence[str]]) -> None:
    """Make the views over these tables (full name → columns in the file), with comments."""
    for row in dictionary.rows("tables"):
        table = row["table_name"]
        served = tables.get(table, ())
        listed = [
            c
            for c in dictionary.rows("columns")
            if c["table_name"] == table and c["column_name"] in served
        ]
        if row["name_zh"] and listed:
            target.execute(_view_sql(row["name_zh"], table, listed))
            comment_on(target, "view", quoted(row["name_zh"]), row["meaning_zh"])
            for column in listed:
                place = f"{quoted(row['name_zh'])}.{quoted(column['name_zh'])}"
                comment_on(target, "column", place, column["meaning_zh"])


def _view_sql(view: str, table: str, listed: Sequence[Mapping[str, str]]) -> str:
    """A view whose coded columns show names; a code nobody has named shows itself."""
    picked, source = [], f"{table} as t"
    for number, column in enumerate(listed):
        shown, join = _named(f"t.{quoted(column['column_name'])}", column["names_from"], number)
        picked.append(f"{shown} as {quoted(column['name_zh'])}")
        source += join
    return f"create view {quoted(view)} as select {', '.join(picked)} from {source}"


def _named(code: str, names_from: str, number: int) -> tuple[str, str]:
    """The name of a code, and the join it needs: a table of `names.csv`, or a list of `codes.csv`.

    A list stands in the expression, so that a query pays only for the columns it reads.
    """
    for row in dictionary.rows("names"):
        if row["names_from"] == names_from:
            named = f"{row['key_sql']} as code, {row['name_column']} as name"
            table = f"(select {named} from {row['table_name']}) as n{number}"
            return (
                f"coalesce(n{number}.name, {code})",
                f" left join {table} on n{number}.code = {code}",
            )
    names = [row for row in dictionary.rows("codes") if row["code_list"] == names_from]
    cases = " ".join(
        f"when {text_literal(row['code'])} then {text_literal(row['name_zh'])}" for row in names
    )
    return f"case {code} {cases} else {code} end" if names else code, ""
