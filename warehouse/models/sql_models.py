"""The SQL project as a graph: first folder = schema, file = one model, content = one SELECT.

Folders below a schema are rooms for the reader's sake; a file's name is unique in its schema.
A model names what it reads (`core.fct_incident`), so the order of building follows from the text.
Three models are generated, so that an indicator, a derived indicator or a check is added by adding
its file alone: the unions `indicators.measure`, `derived.member` and `checks.finding`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

SQL_DIR = Path(__file__).resolve().parents[2] / "sql"
BUILT_SCHEMAS = ("staging", "core", "indicators", "derived", "marts", "checks")
INPUT_SCHEMAS = ("lake", "profile", "catalogue")
UNIONS = {"indicators": "measure", "derived": "member", "checks": "finding"}

_COMMENT = re.compile(r"--[^\n]*")
_REFERENCE = re.compile(rf"\b({'|'.join((*BUILT_SCHEMAS, *INPUT_SCHEMAS))})\.(\w+)")
_GRAIN = re.compile(r"\A-- grain: (.+)")


@dataclass(frozen=True)
class Model:
    """One view or table of the warehouse: its place, its grain sentence and its SELECT."""

    schema: str
    name: str
    sql: str
    grain: str

    @property
    def full_name(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def reads(self) -> frozenset[str]:
        """Full names of the models and inputs the SELECT mentions."""
        text = _COMMENT.sub("", self.sql)
        return frozenset(f"{schema}.{name}" for schema, name in _REFERENCE.findall(text))


def files_below(folder: Path) -> tuple[Path, ...]:
    """The SQL files of a folder and of its rooms, by name; no name stands twice."""
    files = sorted(folder.rglob("*.sql"), key=lambda path: path.name)
    if twice := [one.name for one, next_one in pairwise(files) if one.name == next_one.name]:
        raise ValueError(f"{folder.name} 里有同名的文件：{'、'.join(twice)}")
    return tuple(files)


def read_model(path: Path, schema: str) -> Model:
    """The model of one SQL file; its first line must state the grain."""
    text = path.read_text(encoding="utf-8").strip()
    grain = _GRAIN.match(text)
    if grain is None:
        raise ValueError(f"{path}: 第一行须写 -- grain: …")
    return Model(schema, path.stem, text, grain.group(1))


def _union(schema: str, members: Iterable[Model]) -> Model:
    selects = [f"select * from {model.full_name}" for model in members]
    grain = f"one row per row of any {schema} model"
    return Model(schema, UNIONS[schema], "\nunion all\n".join(selects), grain)


@cache
def load_models(sql_dir: Path = SQL_DIR) -> tuple[Model, ...]:
    """All models in an order in which each comes after what it reads."""
    models = {
        model.full_name: model
        for schema in BUILT_SCHEMAS
        for path in files_below(sql_dir / schema)
        for model in (read_model(path, schema),)
    }
    for schema in UNIONS:
        union = _union(schema, [model for model in models.values() if model.schema == schema])
        models[union.full_name] = union
    return ordered(models.values())


def ordered(models: Iterable[Model]) -> tuple[Model, ...]:
    """The models sorted so that each follows what it reads; unknown names are an error."""
    by_name = {model.full_name: model for model in models}
    graph: dict[str, set[str]] = {}
    for model in by_name.values():
        read = {name for name in model.reads if name.split(".")[0] in BUILT_SCHEMAS}
        if unknown := read - by_name.keys():
            raise ValueError(f"{model.full_name} 引用了不存在的 {'、'.join(sorted(unknown))}")
        graph[model.full_name] = read
    return tuple(by_name[name] for name in TopologicalSorter(graph).static_order())


def upstream(models: Iterable[Model], *names: str) -> tuple[Model, ...]:
    """The named models and all they are made from, in the order given."""
    by_name = {model.full_name: model for model in models}
    wanted: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in wanted:
            wanted.add(name)
            waiting += by_name[name].reads
    return tuple(model for name, model in by_name.items() if name in wanted)


def downstream(models: Iterable[Model], *names: str) -> tuple[Model, ...]:
    """Models made from the named inputs or models, directly or not, in the order given."""
    changed = set(names)
    found = []
    for model in models:
        if model.reads & changed:
            changed.add(model.full_name)
            found.append(model)
    return tuple(found)
