"""What the declarations say about each kind of workbook: columns, templates, code names."""

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sample.facts.place import read_rows

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "etl" / "sources"
CODES = ROOT / "sql" / "dictionary" / "codes.csv"

Value = str | int | Decimal | date | bool | None
Fact = dict[str, Value]


def day_of(fact: Fact, field: str) -> date:
    """A date every fact of its kind has."""
    value = fact[field]
    if not isinstance(value, date):
        raise TypeError(f"{field} of {fact} is no date")
    return value


@dataclass(frozen=True)
class Column:
    """One declared column of a dataset."""

    field: str
    name_zh: str
    type: str
    is_required: bool
    code_list: str
    unit: str


@dataclass(frozen=True)
class Form:
    """A dataset with its columns and the header texts of each template version."""

    dataset: str
    name_zh: str
    columns: tuple[Column, ...]
    templates: dict[str, dict[str, tuple[str, ...]]]

    def column(self, field: str) -> Column:
        """The declaration of one field."""
        return next(column for column in self.columns if column.field == field)

    def fields(self, template: str) -> list[str]:
        """The fields a template has, in its order."""
        return [field for field, texts in self.templates[template].items() if texts]


@dataclass(frozen=True)
class Codebook:
    """Chinese names and other spellings of codes: (list, code) → names, the proper one first."""

    names: dict[tuple[str, str], tuple[str, ...]]


def read_form(dataset: str) -> Form:
    """Columns and templates of one source folder."""
    folder = SOURCES / dataset
    columns = tuple(
        Column(
            row["field"],
            row["name_zh"],
            row["type"],
            row["required"] == "1",
            row["code_list"],
            row["unit"],
        )
        for row in read_rows(folder / "columns.csv")
    )
    templates = {}
    for row in read_rows(folder / "headers.csv"):
        texts = {field: tuple(t for t in row[field].split("|") if t) for field in list(row)[1:]}
        templates[row["template"]] = texts
    source = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    return Form(dataset, source["name_zh"], columns, templates)


def read_codebook() -> Codebook:
    """Proper names from the dictionary, other spellings from the national aliases."""
    names: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in read_rows(CODES):
        names[row["code_list"], row["code"]] = (row["name_zh"],)
    for row in read_rows(SOURCES / "aliases.csv"):
        key = (row["code_list"], row["code"])
        names[key] = (*names.get(key, ()), row["alias"])
    return Codebook(names)
