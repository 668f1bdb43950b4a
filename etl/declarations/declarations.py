"""What is known before a workbook is opened: sources, code lists, units, words, reasons.

`load_context` reads them all into frozen rows; the recipe is the hash of everything that can
change how a workbook is judged, so an archived workbook is judged again when it differs.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from etl.declarations.code_lists import DeclarationError, code_names, codes, read_rows
from etl.declarations.column_types import Cumulative
from etl.declarations.fields import Column, read_columns
from etl.declarations.header_paths import path_key
from etl.declarations.recipe import REASONS_CSV, SOURCES_DIR, recipe_of
from etl.declarations.text_keys import key


@dataclass(frozen=True)
class Template:
    """One version of a form: normalised header path → field."""

    name: str
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """One kind of sheet."""

    dataset: str
    name_zh: str
    mode: str
    business_date: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    templates: tuple[Template, ...]
    synonyms: Mapping[str, str]  # header path → field: what clerks write where no form's header is
    cumulative: Cumulative | None = None
    order: tuple[tuple[str, str], ...] = ()  # pairs of dates, the second never the earlier
    number: str = ""  # its number, where there is one, alone says which case a row tells of
    likeness: tuple[str, ...] = ()  # equal in two rows that may be one case under two names
    title_words: tuple[str, ...] = ()  # said in titles of this kind only, where headers fit two


@dataclass(frozen=True)
class Unit:
    """A unit of the profile and the roles it can play."""

    unit_id: str
    name_zh: str
    is_territory: bool
    is_department: bool
    is_actor: bool


@dataclass(frozen=True)
class Place:
    """What a written unit name stands for; `unit` is None when it could be several."""

    unit: Unit | None
    note: str = ""


@dataclass(frozen=True)
class Reason:
    """The Chinese sentence of one reason or refusal, with {placeholders}."""

    text: str
    fix: str


@dataclass(frozen=True)
class Context:
    """Everything judging needs beside the workbook itself."""

    sources: Mapping[str, Source]
    codes: Mapping[str, Mapping[str, str]]
    code_names: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place]
    words: Mapping[str, Mapping[str, str]]
    units: frozenset[str]
    reasons: Mapping[str, Reason]
    profile: Mapping[str, str]
    recipe: str

    def sentence(self, code: str, **details: object) -> str:
        """The reason in words a clerk can act on."""
        reason = self.reasons[code]
        return f"{reason.text}。{reason.fix}".format_map(_Blank(details))


class _Blank(dict[str, object]):
    """Placeholders nobody filled stay empty instead of failing."""

    def __missing__(self, _name: str) -> str:
        return ""


def load_context(profile_dir: Path) -> Context:
    """Read every declaration and the profile; contradictions raise `DeclarationError`."""
    words = _words()
    units = frozenset().union(*(words[kind] for kind in ("money", "measure", "rate")))
    folders = sorted(d for d in SOURCES_DIR.iterdir() if d.is_dir())
    sources = {d.name: _source(d, units) for d in folders}
    profile = {r["key"]: r["value"] for r in read_rows(profile_dir / "profile.csv")}
    return Context(
        sources=MappingProxyType(sources),
        codes=MappingProxyType(codes()),
        code_names=MappingProxyType(code_names()),
        places=MappingProxyType(_places(profile_dir, profile)),
        words=MappingProxyType(words),
        units=units,
        reasons={r["code"]: Reason(r["text"], r["fix"]) for r in read_rows(REASONS_CSV)},
        profile=MappingProxyType(profile),
        recipe=recipe_of(profile_dir),
    )


def _source(folder: Path, units: frozenset[str]) -> Source:
    settings = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    columns = read_columns(folder)
    fields = {c.field for c in columns}
    alike, number = tuple(settings.get("likeness", ())), settings.get("number", "")
    named = {settings["business_date"], *settings["identity"], *alike, number} - {""}
    named |= {name for pair in settings.get("order", ()) for name in pair}
    if not named <= fields:
        raise DeclarationError(f"{folder.name}/source.toml：{named - fields} 不在 columns.csv 中")
    rows = read_rows(folder / "headers.csv")
    templates = tuple(_template(folder, row, fields, units) for row in rows)
    return Source(
        dataset=folder.name,
        name_zh=settings["name_zh"],
        mode=settings["mode"],
        business_date=settings["business_date"],
        identity=tuple(settings["identity"]),
        columns=columns,
        templates=templates,
        synonyms=MappingProxyType(_synonyms(folder, templates, units)),
        number=number,
        likeness=alike,
        title_words=tuple(map(key, settings["title_words"])),
        order=tuple((first, later) for first, later in settings.get("order", ())),
        cumulative=Cumulative(**settings["cumulative"]) if "cumulative" in settings else None,
    )


def _template(
    folder: Path, row: dict[str, str], fields: set[str], units: frozenset[str]
) -> Template:
    headers: dict[str, str] = {}
    for field, cell in row.items():
        if field == "template" or not cell:
            continue
        if field not in fields:
            raise DeclarationError(f"{folder.name}/headers.csv：列 {field} 不在 columns.csv 中")
        for alternative in cell.split("|"):
            path = path_key(alternative, units)
            if headers.setdefault(path, field) != field:
                raise DeclarationError(f"{folder.name}/headers.csv：“{alternative}”对应两个字段")
    return Template(row["template"], MappingProxyType(headers))


def _synonyms(folder: Path, forms: Iterable[Template], units: frozenset[str]) -> dict[str, str]:
    """A clerk's word that a form uses already, or that stands twice, would contradict it."""
    rows = read_rows(folder / "synonyms.csv")
    pairs = [(path_key(row["header"], units), row["field"]) for row in rows]
    seen = {path for form in forms for path in form.headers}
    for path, _ in pairs:
        if path in seen:
            raise DeclarationError(f"{folder.name}/synonyms.csv：“{path}”已有所指")
        seen.add(path)
    return dict(pairs)


def _places(profile_dir: Path, profile: Mapping[str, str]) -> dict[str, Place]:
    units = {r["unit_id"]: r for r in read_rows(profile_dir / "units.csv")}
    made = {
        unit_id: Unit(
            unit_id,
            r["name_zh"],
            r["role_territory"] == "1",
            r["role_department"] == "1",
            r["role_actor"] == "1",
        )
        for unit_id, r in units.items()
    }
    spoken = [(r["name_zh"], u, "") for u, r in units.items()]
    spoken += [(r["short_name"], u, "") for u, r in units.items() if r["short_name"]]
    declared = [
        (r["alias"], r["unit_id"], r["note"]) for r in read_rows(profile_dir / "aliases.csv")
    ]
    for alias, unit_id, _ in declared:
        if unit_id and unit_id not in made:
            raise DeclarationError(f"aliases.csv：“{alias}”指向不存在的单位 {unit_id}")
    area, parent = profile.get("name_zh", ""), profile.get("parent_zh", "")
    leads = [area, parent + area] if area and parent else [area] if area else []
    return _resolve(made, spoken, declared, leads)


def _resolve(
    units: Mapping[str, Unit],
    spoken: Iterable[tuple[str, str, str]],
    declared: Iterable[tuple[str, str, str]],
    leads: Iterable[str],
) -> dict[str, Place]:
    """Declared aliases win over short names; a name two units share stands for neither."""
    places: dict[str, Place] = {}
    for text, unit_id, _ in spoken:
        place = places.setdefault(key(text), Place(units[unit_id]))
        if place.unit is not None and place.unit.unit_id != unit_id:
            note = f"{place.unit.name_zh}或{units[unit_id].name_zh}"
            places[key(text)] = Place(None, note)
    for text, unit_id, note in declared:
        places[key(text)] = Place(units[unit_id] if unit_id else None, note)
    actors = {k: p for k, p in places.items() if p.unit and p.unit.is_actor}
    return {key(lead) + k: p for lead in leads for k, p in actors.items()} | places


def _words() -> dict[str, Mapping[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    for row in read_rows(SOURCES_DIR / "words.csv"):
        kinds.setdefault(row["kind"], {})[key(row["text"])] = row["value"]
    return {kind: MappingProxyType(words) for kind, words in kinds.items()}
