"""Questions: SQL with a head of comments that says its title and its `:parameters`.

    -- 标题：快到期的隐患
    -- 说明：数据截至日之后若干天内到期的隐患。
    -- 参数：:days 天数 数字 15

The head stands in the text, so a question an analyst writes or changes declares its parameters as
the delivered ones do. Values are bound by name; text never becomes SQL.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from warehouse.models.sql_models import SQL_DIR

FOLDER = SQL_DIR / "questions"
MONTH, NUMBER = "月份", "数字"
KINDS = ("单位", "属地", "主管部门", "执法单位", "行业领域", "行业分类", MONTH, NUMBER)
ALL = "全部"
_HEAD = re.compile(r"^--\s*(标题|说明|参数)\s*[：:]\s*(.+?)\s*$", re.MULTILINE)
_PARAMETER = re.compile(r"[:：]([a-z]\w*)\s+(\S+)\s+(\S+)(?:\s+(\S+))?")
_OURS = re.compile(r"\A-- grain:[^\n]*\n-- 序号：(\d+)\n")
#: What may hold a colon that is no parameter, then a parameter.
_TOKEN = re.compile(
    r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|(\$\w*\$).*?\1|::|:([a-z]\w*)",
    re.DOTALL,
)


class QuestionError(ValueError):
    """A head that cannot be understood, in one Chinese sentence."""


@dataclass(frozen=True)
class Parameter:
    """One value a question asks for; `kind_zh` is one of KINDS."""

    name: str
    label_zh: str
    kind_zh: str
    default: str = ""


@dataclass(frozen=True)
class Question:
    """A text to run, and what its head says of it."""

    code: str
    title: str
    meaning: str
    sql: str
    parameters: tuple[Parameter, ...]


def read(code: str, text: str) -> Question:
    """The question a text is; QuestionError when its head is not understood."""
    said: dict[str, list[str]] = {"标题": [], "说明": [], "参数": []}
    for word, value in _HEAD.findall(text):
        said[word].append(value)
    parameters = tuple(map(_parameter, said["参数"]))
    if len({parameter.name for parameter in parameters}) < len(parameters):
        raise QuestionError("有两个参数同名")
    return Question(code, title_of(text), "".join(said["说明"]), text, parameters)


def title_of(text: str) -> str:
    """The title a text's head gives it, empty where it gives none."""
    return next((value for word, value in _HEAD.findall(text) if word == "标题"), "")


def _parameter(line: str) -> Parameter:
    found = _PARAMETER.fullmatch(line)
    if found is None:
        raise QuestionError(f"参数“{line}”写法有误，应如“:days 天数 数字 15”")
    name, label, kind, default = found.groups()
    if kind not in KINDS:
        raise QuestionError(f"参数 :{name} 的种类“{kind}”未知，可用：{'、'.join(KINDS)}")
    if kind == NUMBER and not re.fullmatch(r"-?\d+(\.\d+)?", default or ""):
        raise QuestionError(f"参数 :{name} 是数字，须写明默认值")
    return Parameter(name, label, kind, default or "")


@cache
def delivered(folder: Path = FOLDER) -> tuple[Question, ...]:
    """The reviewed questions that come with the product, in their order."""
    found = {}
    for path in folder.glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        ours = _OURS.match(text)
        if ours is None:
            raise QuestionError(f"{path.name}：前两行须写 -- grain: … 和 -- 序号：n")
        found[int(ours[1])] = read(path.stem, text[ours.end() :])
    return tuple(found[number] for number in sorted(found))


def marked(sql: str, names: Collection[str]) -> str:
    """The text with DuckDB's marks for these parameters, outside quotes and comments."""
    return _TOKEN.sub(lambda m: f"${m[2]}" if m[2] and m[2] in names else m[0], sql)


def bound(question: Question, values: Mapping[str, str]) -> dict[str, dict[str, str] | None]:
    """Values for the worker, each with its kind; 全部 is null."""
    return {p.name: _value(p, values[p.name]) for p in question.parameters if p.name in values}


def _value(parameter: Parameter, value: str) -> dict[str, str] | None:
    if value == ALL:
        return None
    kind = {MONTH: "date", NUMBER: "number"}.get(parameter.kind_zh, "text")
    return {"kind": kind, "value": value}
