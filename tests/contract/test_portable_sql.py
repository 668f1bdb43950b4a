"""Another engine can run core, indicators, derived and marts: all pass the portable lint."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from tests.contract.portable import RULES, findings
from tests.contract.repository import PORTABLE_FOLDERS, name_of, sql_files
from warehouse.models.database import open_sealed

REFUSED = sorted((Path(__file__).parent / "refused").glob("*.sql"))
#: What a stored column may be; HUGEINT and DOUBLE would be other types and other numbers elsewhere.
KEPT_TYPES = re.compile(r"VARCHAR|DATE|BOOLEAN|INTEGER|BIGINT|DECIMAL\(\d+,\d+\)")


@pytest.mark.parametrize("path", sql_files(*PORTABLE_FOLDERS), ids=name_of)
def test_every_view_is_portable(path: Path) -> None:
    found = findings(path.read_text(encoding="utf-8"))
    assert not found, [f"rule {f.rule}, {RULES[f.rule][0]}: {f.words}" for f in found]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_an_example_is_refused_by_its_own_rule_alone(path: Path) -> None:
    meant = int(path.stem.split("_")[1])
    assert {finding.rule for finding in findings(path.read_text(encoding="utf-8"))} == {meant}


@pytest.mark.parametrize("path", sql_files(*PORTABLE_FOLDERS), ids=name_of)
def test_sparks_text_names_the_same_columns_in_the_same_order(path: Path) -> None:
    tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), dialect="duckdb")
    spark = sqlglot.parse_one(tree.sql(dialect="spark"), dialect="spark")
    assert named(spark) == named(tree)


def named(tree: exp.Expr) -> list[list[str]]:
    """The columns of every select of a query."""
    return [select.named_selects for select in tree.find_all(exp.Select)]


def test_every_rule_has_a_refused_example() -> None:
    assert set(RULES) == set(range(2, 15))
    assert {int(path.stem.split("_")[1]) for path in REFUSED} == set(RULES)


def test_no_stored_column_has_a_type_of_duckdb_alone(served: Path) -> None:
    with open_sealed(served) as connection:
        columns = connection.execute(
            "select schema_name || '.' || table_name || '.' || column_name, data_type"
            " from duckdb_columns() where not internal and schema_name in"
            " ('core', 'indicators', 'derived', 'marts')"
        ).fetchall()
    assert columns
    assert [column for column in columns if not KEPT_TYPES.fullmatch(column[1])] == []
