"""An execution plan in Chinese: what is done in which order, on about how many rows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

STEPS = {
    "SEQ_SCAN": "读表",
    "COLUMN_DATA_SCAN": "读中间结果",
    "CTE_SCAN": "读中间结果",
    "DUMMY_SCAN": "一行空数据",
    "EMPTY_RESULT": "没有行",
    "FILTER": "筛选",
    "PROJECTION": "取列、计算",
    "HASH_JOIN": "连接",
    "PIECEWISE_MERGE_JOIN": "连接（按大小）",
    "NESTED_LOOP_JOIN": "连接（逐行比较，慢）",
    "BLOCKWISE_NL_JOIN": "连接（逐行比较，慢）",
    "CROSS_PRODUCT": "两两组合（行数相乘，慢）",
    "HASH_GROUP_BY": "分组汇总",
    "PERFECT_HASH_GROUP_BY": "分组汇总",
    "UNGROUPED_AGGREGATE": "汇总成一行",
    "WINDOW": "窗口计算",
    "STREAMING_WINDOW": "窗口计算",
    "ORDER_BY": "排序",
    "TOP_N": "排序并取前几行",
    "LIMIT": "取前几行",
    "STREAMING_LIMIT": "取前几行",
    "UNION": "上下合并",
    "CTE": "先算中间结果",
    "UNNEST": "展开列表",
    "INOUT_FUNCTION": "生成行",
    "TABLE_SCAN": "读表",
}
DETAILS = {
    "Table": "{0}",
    "Filters": "条件 {0}",
    "Expression": "条件 {0}",
    "Join Type": "{0}",
    "Conditions": "按 {0}",
    "Groups": "按 {0}",
    "Aggregates": "算 {0}",
    "Order By": "按 {0}",
    "Top": "前 {0} 行",
}
JOINS = {"INNER": "内连接", "LEFT": "左连接", "RIGHT": "右连接", "SEMI": "存在", "ANTI": "不存在"}
_FILE = re.compile(r'"[\w-]+"\.(?=\w+\.)')


@dataclass(frozen=True)
class Step:
    """One step; those deeper are done before."""

    depth: int
    name: str
    rows: int | None
    detail: str


def steps(plan: str) -> list[Step]:
    """The steps of a plan as DuckDB writes it in JSON, last step first."""
    return [step for node in json.loads(plan) for step in _walk(node, 0)]


def _walk(node: dict[str, Any], depth: int) -> Iterator[Step]:
    told = node.get("extra_info", {})
    rows = str(told.get("Estimated Cardinality", ""))
    name = str(node["name"]).strip()
    yield Step(depth, STEPS.get(name, name), int(rows) if rows.isdecimal() else None, _detail(told))
    for child in node.get("children", ()):
        yield from _walk(child, depth + 1)


def _detail(told: dict[str, Any]) -> str:
    parts = []
    for key, words in DETAILS.items():
        value = told.get(key)
        text = "、".join(value) if isinstance(value, list) else str(value or "")
        if text:
            parts.append(words.format(_FILE.sub("", JOINS.get(text, text))))
    return "　".join(parts)
