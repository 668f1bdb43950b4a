"""Why a query gave no rows, in Chinese: what DuckDB meant, without paths, with near names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

Failure = Literal["error", "refused", "memory"]
NEAREST = 3
SENTENCES = {
    "off": "这台电脑的操作系统不能限制查询的内存，SQL 工作台停用；请在 Linux 服务器上使用。",
    "too_long": "语句超过 {sql_text_characters} 字，没有执行。",
    "busy_self": "您还有查询在运行，请等它结束或先取消。",
    "busy_all": "同时运行的查询已满，等了 {sql_queue_seconds} 秒仍没有轮到，请稍后再试。",
    "cancelled": "已取消。",
    "timeout": "超过 {sql_seconds} 秒，已终止。可以加条件、先汇总，或只取需要的列。",
    "start": "查询进程没有启动，请稍后再试。",
    "crashed": "查询进程意外结束（多半是内存不足），没有影响其他人。可以加条件或先汇总。",
    "memory": "查询用的内存超出上限，已终止。可以加条件、先汇总，或只取需要的列。",
    "none": "没有可以运行的语句。",
    "many": "一次只运行一条语句，请去掉多余的分号。",
    "columns": "结果有 {columns} 列，超过 {sql_columns} 列，没有执行；请写明需要的列。",
    "MULTI": "pivot 须用 in (…) 写明要展开的值，才能运行。",
    "other": "工作台只能查询：请以 select、from 或 with 开头。",
}
#: An unknown name: what DuckDB says, and what it means; `{0}` is the first thing in brackets.
UNKNOWN = (
    (r'Table with name "?(.+?)"? does not exist', "没有名为“{0}”的表"),
    (r'Referenced table "(.+?)" not found', "没有名为“{0}”的表或别名"),
    (r'Referenced column "(.+?)" (?:was )?not found', "没有名为“{0}”的列"),
    (
        r'Values list "(.+?)" does not have a column named "(.+?)"',
        "“{0}”里没有名为“{1}”的列",
    ),
    (r'Function with name "?(\S+?)"? does not exist', "没有名为“{0}”的函数"),
)
KNOWN = (
    (r'syntax error at or near "(.+?)"', "“{0}”附近写法有误"),
    (r"syntax error at end of input|unterminated", "语句不完整，可能少了括号、引号或后半句"),
    (r'column "(.+?)" must appear in the GROUP BY', "“{0}”要么写进 group by，要么放进汇总函数"),
    (r'Ambiguous reference to column name "(.+?)"', "不止一张表有“{0}”，请写成“表名.{0}”"),
    (r"Could not convert string '(.*?)' to", "“{0}”不能转换成所要的类型（数字、日期）"),
    (r'date field value out of range: "(.+?)"', "“{0}”不是日期"),
    (r'invalid date field format: "(.+?)"', "“{0}”不是日期，日期写成 2026-10-31"),
    (r"Division by zero", "除数为零；可写 nullif(除数, 0)"),
    (r'function call "(.+?)\(', "“{0}”用在了不合适的类型上"),
    (r"WHERE clause cannot contain aggregates", "where 里不能用汇总函数，请改写在 having 里"),
    (r"read-only mode|Cannot execute statement", "工作台只能查询，不能修改数据"),
    (r"disabled by|configuration has been locked", "工作台只能读本库，不能读写文件、网络和设置"),
    (r"not provided for the following parameters: (.+)", "参数 {0} 没有给值"),
    (r"expression depth", "语句嵌套太深"),
)
CLASSES = {
    "ParserException": "语句写法有误",
    "BinderException": "列、表或函数用得不对",
    "CatalogException": "用到了不存在的表或函数",
    "ConversionException": "类型转换不成功",
    "OutOfRangeException": "数值超出范围",
    "InvalidInputException": "给的值不合适",
    "NotImplementedException": "不支持这种写法",
    "PermissionException": "工作台只能读本库，不能读写文件、网络和设置",
}
_CANDIDATES = re.compile(r"(?:Candidate bindings|Did you mean)[: ]+(.+)")
_QUOTED = re.compile(r'"((?:[^"]|"")+)"')
_LINE = re.compile(r"^LINE (\d+): ", re.MULTILINE)
_PATH = re.compile(r"(?:[A-Za-z]:)?(?:[\\/][\w.\- ]+){2,}|[\w.-]+\.duckdb\S*")


def sentence(code: str, limits: Mapping[str, int]) -> str:
    """The sentence of a case we know ourselves."""
    return SENTENCES.get(code, SENTENCES["crashed"]).format_map(limits)


def explain(
    head: Mapping[str, Any], sql: str, limits: Mapping[str, int]
) -> tuple[Failure | Literal["off"], str]:
    """What a worker's failure was, and a sentence a Chinese analyst can act on."""
    name, message = head["class"], head["message"]
    if name == "NoWall":
        return "off", sentence("off", limits)
    if name == "NotOneSelect":
        return "refused", sentence(message if message in SENTENCES else "other", limits)
    if name == "TooManyColumns":
        return "refused", SENTENCES["columns"].format(columns=message, **limits)
    if name in ("OutOfMemoryException", "MemoryError", "ArrowMemoryError"):
        return "memory", sentence("memory", limits)
    return "error", _meaning(name, message, head.get("names", [])) + _line(message, sql) + "。"


def _meaning(name: str, message: str, names: Sequence[str]) -> str:
    for pattern, meaning in UNKNOWN:
        if found := re.search(pattern, message):
            missing = found.groups()[-1]
            return meaning.format(*map(scrubbed, found.groups())) + _nearest(
                missing, message, names
            )
    for pattern, meaning in KNOWN:
        if found := re.search(pattern, message):
            return meaning.format(*map(scrubbed, found.groups()))
    told = scrubbed(message.split("\nLINE")[0].partition(": ")[2] or message)
    return f"{CLASSES.get(name, '没有算出来')}（{told}）"


def _nearest(missing: str, message: str, names: Sequence[str]) -> str:
    """`，相近的有：死亡人数、重伤人数`: names DuckDB proposes, then those spelt most alike."""
    proposed = _CANDIDATES.search(message)
    nearest = _QUOTED.findall(proposed[1]) if proposed else []
    nearest = [name for name in nearest if set(name) & set(missing)]
    nearest += difflib.get_close_matches(missing, names, NEAREST, 0.5)
    told = list(dict.fromkeys(nearest))[:NEAREST]
    return f"，相近的有：{'、'.join(told)}" if told else ""


def _line(message: str, sql: str) -> str:
    """`（第 3 行）` where there is more than one."""
    found = _LINE.search(message)
    return f"（第 {found[1]} 行）" if found and "\n" in sql.strip() else ""


def scrubbed(text: str) -> str:
    """A text without places of this machine, on one line, short."""
    return " ".join(_PATH.sub("（路径略）", text).split())[:300]
