"""An older served file is read through a copy with today's columns; itself it never changes."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.build.served_schema import SERVED_CSV, drawn_up
from reports.ranking.board import OTHER_WEIGHTS
from warehouse import queries
from warehouse.files.home import Home
from warehouse.models import dictionary
from warehouse.models.database import open_scratch, open_sealed, stored_types
from warehouse.versions import lifted_tables
from warehouse.versions.versions import (
    build_id,
    current_number,
    pinned_file,
    serve_path,
    served_file,
    sweep,
)

MONTH = "2026-10"
RANKS = "select unit_id, span_month, rank_no, score from marts.score order by all"


def test_the_listing_is_what_the_models_make() -> None:
    said = SERVED_CSV.read_text(encoding="utf-8")
    assert drawn_up() == said, "python -m etl.build.served_schema"


@pytest.fixture
def poorer(old: Home) -> Home:
    """A home of an even older program: its served file lacks a table, columns and a type."""
    with duckdb.connect(str(pinned_file(old))) as connection:
        connection.execute("drop view 排名")
        connection.execute("drop table marts.risk_level")
        connection.execute("drop table catalogue.verdicts")
        connection.execute("alter table marts.score drop column mark")
        connection.execute("alter table marts.figure alter change_sign type bigint")
        connection.execute("alter table marts.figure add column once_kept varchar default '旧'")
    return old


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with open_sealed(path) as connection:
        return connection.execute(sql).fetchall()


def test_a_copy_has_todays_tables_columns_and_types(poorer: Home) -> None:
    before = digest(pinned_file(poorer))
    with open_sealed(served_file(poorer)) as connection:
        found = stored_types(connection)
    for table, wanted in lifted_tables.served_today().items():
        assert dict(wanted).items() <= found[table].items(), table
    assert digest(pinned_file(poorer)) == before


def test_what_the_file_knew_stays_and_what_it_did_not_is_null(poorer: Home) -> None:
    copy = served_file(poorer)
    with open_sealed(pinned_file(poorer)) as connection:
        names = [name for name in stored_types(connection)["marts.figure"] if name != "change_sign"]
    kept = f"select {', '.join(names)} from marts.figure order by all"
    assert rows(copy, kept) == rows(pinned_file(poorer), kept)
    assert rows(copy, "select count(*) from marts.risk_level") == [(0,)]
    assert rows(copy, "select distinct mark from marts.score") == [(None,)]
    assert rows(copy, RANKS) == rows(pinned_file(poorer), RANKS)
    assert rows(copy, "select distinct once_kept from marts.figure") == [("旧",)]
    assert rows(copy, "select count(*) > 5 from catalogue.verdicts") == [(True,)]
    assert rows(copy, "select count(*) > 0 from 排名") == [(True,)]


def test_a_column_that_is_open_no_more_is_not_in_the_copy(old: Home) -> None:
    with duckdb.connect(str(pinned_file(old))) as connection:
        connection.execute("alter table core.fct_hazard add column rectifier_phone varchar")
        connection.execute("update core.fct_hazard set rectifier_phone = '13900000000'")
    with open_sealed(served_file(old)) as connection:
        assert "rectifier_phone" not in stored_types(connection)["core.fct_hazard"]


def test_the_name_stays_and_the_copy_is_made_once(old: Home) -> None:
    with ThreadPoolExecutor(4) as pool:
        copies = set(pool.map(lambda _: served_file(old), range(4)))
    (copy,) = copies
    assert copy != pinned_file(old)
    assert build_id(copy) == f"build-{current_number(old)}"
    made = copy.stat()
    assert served_file(old).stat().st_ino == made.st_ino
    edition = served_file(old, MONTH)
    assert (build_id(edition), edition.parent.name) == (f"edition-{MONTH}", MONTH)
    assert [p for p in copy.parent.iterdir() if p.name.startswith(".")] == []


def test_a_rule_fills_a_column_from_the_rows_own_words() -> None:
    rules = {("marts.score", "mark"): "case when unit_id = 'heyuan' then '甲' else '乙' end"}
    wanted = lifted_tables.served_today()["marts.score"]
    picked = lifted_tables.picked_columns("marts.score", {"unit_id": "VARCHAR"}, wanted, rules)
    with duckdb.connect() as connection:
        found = connection.execute(f"select {picked} from (select 'heyuan' as unit_id)").df()
    assert (found["mark"].tolist(), found["unit_id"].tolist()) == (["甲"], ["heyuan"])


def test_what_if_runs_the_models_of_then_with_todays_columns(poorer: Home) -> None:
    found = queries.run_file(
        "ranking",
        served_file(poorer),
        instead=OTHER_WEIGHTS,
        scheme_code="towns",
        list_code="*",
        month=date(2026, 10, 1),
        item_codes=["overdue"],
        item_points=[0],
    )
    assert found["unit_id"].tolist() == ["qiuping", "heyuan"]
    assert found["rank_no"].tolist() == [1, 2]
    assert found["mark"].isna().all()


def test_copies_go_with_what_they_were_made_from(old: Home) -> None:
    copy, edition = served_file(old), served_file(old, MONTH)
    stale = copy.parents[2] / "another-day" / "mark" / "builds"
    stale.mkdir(parents=True)
    sweep(old)
    assert copy.is_file() and edition.is_file() and not stale.exists()
    served = serve_path(old, current_number(old) or 0)
    served.with_name(f"build-{current_number(old)}.json").unlink()
    sweep(old)
    assert not copy.exists() and edition.is_file()


def test_a_file_of_today_is_read_itself(tmp_path: Path) -> None:
    path = tmp_path / "x.duckdb"
    with open_scratch(path) as connection:
        lifted_tables.put_version(connection)
    assert rows(path, "from catalogue.file_format") == [(dictionary.schema_version(),)]
    assert [p.name for p in tmp_path.iterdir()] == ["x.duckdb"]
