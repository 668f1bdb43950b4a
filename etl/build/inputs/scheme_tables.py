"""Ranking schemes of a profile (晾晒方案): two files an office may leave out, as tables."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from warehouse.models.database import Connection, column_names, put_csv, put_table

OPTIONAL = {"schemes": ("left_out",), "scheme_items": ()}
"""left_out: what a row its unit left out does: `against` it (also when empty), `zero`, `out`."""
COLUMNS = {
    "schemes": "scheme_code version name_zh list_zh group_codes month_from month_to minimum_points"
    " missing_report mark_count tier1_zh tier1_from tier2_zh tier2_from tier3_zh tier3_from"
    " tier4_zh veto_tier_zh digest_id document article quote note sort_no",
    "scheme_items": "scheme_code version item_code item_zh indicator_code unit_role mode points"
    " full_at zero_at unit_points step1_at step1_share step2_at step2_share step3_at step3_share"
    " floor_points minimum_denominator veto_comparator veto_value sort_no note",
}


def add_text_columns(connection: Connection, full_name: str, columns: Iterable[str]) -> None:
    """Give a table the columns it lacks, empty text in every row."""
    missing = [c for c in columns if c not in column_names(connection, full_name)]
    for column in missing:
        connection.execute(f"alter table {full_name} add column {column} varchar default ''")


def put_schemes(connection: Connection, folder: Path) -> None:
    """`profile.schemes` and `profile.scheme_items`; without the files both are empty."""
    for name, listed in COLUMNS.items():
        table, path, columns = f"profile.{name}", folder / f"{name}.csv", listed.split()
        if not path.is_file():
            every = (*columns, *OPTIONAL[name])
            schema = pa.schema([(column, pa.string()) for column in every])
            put_table(connection, table, schema.empty_table())
            continue
        put_csv(connection, table, path)
        add_text_columns(connection, table, OPTIONAL[name])
        if missing := [c for c in columns if c not in column_names(connection, table)]:
            raise ValueError(f"辖区配置 {path.name} 缺少列：{'、'.join(missing)}")
