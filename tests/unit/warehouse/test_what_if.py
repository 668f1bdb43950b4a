"""A query as if one relation held other rows: only what depends on it is written out."""

import duckdb
import pytest

from warehouse.models.what_if import as_if

MODELS = {
    "marts.weight": "select 1 as item, 10 as points",
    "marts.untouched": "select 1 as item, 5 as value",
    "marts.part": "with part as (select w.item as item, w.points * u.value as earned"
    " from marts.weight as w inner join marts.untouched as u on w.item = u.item)"
    " select * from part",
    "marts.whole": "select sum(p.earned) as total from marts.part as p",
}
OTHER = {"marts.weight": "select 1 as item, $points as points"}


def test_a_chain_of_models_is_asked_anew() -> None:
    text = as_if("select w.total from marts.whole as w", MODELS, OTHER)
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.untouched as select 1 as item, 5 as value")
        assert connection.execute(text, {"points": 30}).fetchall() == [(150,)]


def test_a_query_with_ctes_keeps_them_and_its_order() -> None:
    asked = "with a as (select p.earned from marts.part as p) select * from a order by 1"
    text = as_if(asked, MODELS, OTHER)
    assert text.count("with ") == 2  # the query's own, and the one inside the model's text
    assert text.endswith("order by 1")


def test_names_are_replaced_whole() -> None:
    models = {**MODELS, "marts.part_two": "select 1 as one"}
    text = as_if("select 1 from marts.part as p, marts.part_two as q", models, OTHER)
    assert "marts.part_two" in text
    assert "marts.untouched" in text


def test_a_query_that_does_not_depend_on_it_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="不依赖"):
        as_if("select 1 from marts.untouched as u", MODELS, OTHER)
