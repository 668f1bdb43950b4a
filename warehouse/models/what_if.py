"""What if one relation held other rows: the same models over it, with no second copy of a rule.

Every model between the query and the replaced relation is written out as a CTE, from the text the
build itself was made with; all else is read as stored.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from warehouse.models.sql_models import Model


def as_if(text: str, models: Mapping[str, str], instead: Mapping[str, str]) -> str:
    """The query `text` with `instead` (full name → SELECT) in place of those relations.

    `models` are the texts of the build by full name. KeyError when the query depends on none of
    the replaced relations.
    """
    wanted: dict[str, str] = {}

    def touches(name: str) -> bool:
        return name in instead or any(touches(other) for other in _reads(models.get(name, "")))

    def rewritten(sql: str) -> str:
        for name in sorted(filter(touches, _reads(sql))):
            if name not in wanted:
                wanted[name] = instead[name] if name in instead else rewritten(models[name])
            sql = re.sub(rf"\b{re.escape(name)}\b", _alias(name), sql)
        return sql

    body = rewritten(text).strip()
    if missing := instead.keys() - wanted.keys():
        raise KeyError(f"查询不依赖 {'、'.join(sorted(missing))}")
    heads = ",\n".join(f"{_alias(name)} as (\n{sql}\n)" for name, sql in wanted.items())
    rest = re.match(r"with\b", body)
    return f"with {heads}, {body[rest.end() :]}" if rest else f"with {heads}\n{body}"


@lru_cache(maxsize=512)
def _reads(sql: str) -> frozenset[str]:
    return Model("", "", sql, "").reads


def _alias(full_name: str) -> str:
    return "as_if_" + full_name.replace(".", "_")
