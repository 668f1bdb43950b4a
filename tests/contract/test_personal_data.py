"""What people wrote about persons stays out of the served file, which every viewer may read."""

import hashlib
import re
from functools import cache
from pathlib import Path

from etl.build.inputs.build_inputs import datasets
from tests.contract.repository import ROOT, rows
from warehouse.models.database import open_sealed, quoted

TRUTH = ROOT / "data" / "sample-truth"
LONG = 8  # a value this long cannot stand in the file by chance
BYTE_WORD = re.compile(rb"[0-9A-Za-z]{8,}")


@cache
def values(*visibilities: str) -> frozenset[str]:
    """Cell values of the sample's columns of some visibility."""
    found = set[str]()
    for dataset in datasets():
        columns = rows(ROOT / "etl" / "sources" / dataset / "columns.csv")
        fields = [row["field"] for row in columns if row["visibility"] in visibilities]
        for fact in rows(TRUTH / f"{dataset}.csv"):
            found |= {fact[field] for field in fields}
    return frozenset(value for value in found if len(value) > 1)


def pieces(texts: set[str], lengths: set[int]) -> set[str]:
    """Every run of characters of the given lengths that stands in any of the texts."""
    return {
        text[start : start + length]
        for text in texts
        for length in lengths
        for start in range(len(text) - length + 1)
    }


@cache
def own_words() -> str:
    """What this repository itself says in every build: codes, catalogue, profiles, SQL."""
    files = [path for folder in ("sql", "data/profiles") for path in (ROOT / folder).rglob("*.*")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@cache
def planted() -> frozenset[str]:
    """Hidden values, without those that an open column of the workbooks or we ourselves say."""
    hidden = values("personal", "staff")
    said = pieces(set(values("open")), {len(value) for value in hidden})
    return frozenset(value for value in hidden - said if value not in own_words())


@cache
def stored_texts(path: Path) -> set[str]:
    """Every different text in any column of a file."""
    texts = set[str]()
    with open_sealed(path) as connection:
        columns = connection.execute(
            "select schema_name, table_name, column_name from duckdb_columns()"
            " where not internal and data_type = 'VARCHAR'"
        ).fetchall()
        for schema, table, column in columns:
            source = f"{quoted(schema)}.{quoted(table)}"
            asked = f"select distinct {quoted(column)} from {source} where {quoted(column)} <> ''"
            texts |= {row[0] for row in connection.execute(asked).fetchall()}
    return texts


def test_the_sample_plants_enough_to_be_found() -> None:
    secret = values("personal") & planted()
    assert sum(value.isascii() for value in secret) > 100, "numbers of persons"
    assert sum(not value.isascii() for value in secret) > 50, "names of persons"


def test_no_hidden_value_stands_in_any_text_column(served: Path) -> None:
    secret = planted()
    said = pieces(stored_texts(served), {len(value) for value in secret})
    assert secret & said == set()


def test_no_hidden_number_stands_in_the_bytes_of_the_file(served: Path) -> None:
    numbers = {value.encode() for value in planted() if value.isascii() and len(value) >= LONG}
    assert numbers
    content = served.read_bytes()
    runs = {run.decode() for run in BYTE_WORD.findall(content)}
    said = pieces(runs, {len(number) for number in numbers})
    assert {number.decode() for number in numbers} & said == set()


def test_no_hidden_text_stands_in_the_bytes_of_the_file(served: Path) -> None:
    content = served.read_bytes()
    texts = sorted(value for value in planted() if not value.isascii() and len(value) > 2)
    assert texts
    assert [text for text in texts[:: max(1, len(texts) // 60)] if text.encode() in content] == []


def test_no_person_is_a_bare_hash(served: Path) -> None:
    stored = stored_texts(served)
    ids = [value.encode() for value in values("personal") if len(value) == 18]
    assert ids
    bare = {kind(number).hexdigest() for number in ids for kind in (hashlib.sha256, hashlib.md5)}
    cut = {digest[:length] for digest in bare for length in (16, 24, 32, 64)}
    assert stored & cut == set()
