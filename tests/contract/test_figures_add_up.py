"""Every stored numerator and denominator is the sum or distinct count over its rows.

The drill-down's own SQL is run for every figure at once, as a lateral join: the text is the one
pages run.
"""

import re

from warehouse.files.home import Home
from warehouse.models.database import open_sealed
from warehouse.models.sql_models import SQL_DIR
from warehouse.versions.versions import served_file

SUM_OR_COUNT = """
    case
        when bool_or(is_by_entity)
            then count(distinct case when part = '{part}' then entity_id end)
        else sum(case when part = '{part}' then amount end)
    end"""


def rows_behind_each_figure() -> str:
    """figure_rows with each parameter bound to the figure beside it."""
    text = (SQL_DIR / "queries" / "figure" / "figure_rows.sql").read_text(encoding="utf-8")
    text = re.sub(r"--[^\n]*", "", text)
    text = re.sub(r"(?<![:\w]):([a-z_]+)", r"f.\1", text)
    return text[: text.rindex("order by")]


def test_every_stored_figure_equals_the_sum_over_its_rows(home: Home) -> None:
    added = f"""
        select
            coalesce({SUM_OR_COUNT.format(part="n")}, 0) as n,
            {SUM_OR_COUNT.format(part="d")} as d
        from ({rows_behind_each_figure()}) as behind
    """
    with open_sealed(served_file(home)) as connection:
        counted = connection.execute(
            f"""
            select
                count(*),
                count(case when f.numerator > 0 or f.denominator > 0 then 1 end),
                count(case
                    when f.numerator is distinct from r.n then 1
                    when f.denominator is distinct from r.d then 1
                end)
            from marts.value as f, lateral ({added}) as r
            """
        ).fetchone()
    assert counted is not None
    total, with_rows, wrong = counted
    assert wrong == 0
    assert total > 10_000
    assert with_rows > 1_000


def test_derived_figures_equal_the_sum_over_their_members(home: Home) -> None:
    with open_sealed(served_file(home)) as connection:
        rows = connection.execute(
            """
            select f.indicator_code, f.span_kind, f.span_month, f.unit_role || f.unit_id,
                   f.numerator, f.denominator, sum(m.n_amount), sum(m.d_amount)
            from marts.outcome as f
            inner join derived.member as m
                using (indicator_code, span_kind, span_month, unit_role, unit_id)
            group by all
            """
        ).fetchall()
    assert len(rows) > 500
    assert [row for row in rows if (row[4], row[5]) != (row[6], row[7])] == []
