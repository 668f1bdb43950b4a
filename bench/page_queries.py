"""One side of `bench.pages`, run by its path with that side's code on PYTHONPATH.

`record FILE`: the named queries each page asks when it is opened, with their parameters. `time FILE
REPEATS`: seconds of those queries by page, each the median of so many rounds over an open file.
"""

import json
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

PAGES = (
    "leaders/scorecard",
    "leaders/double_decline",
    "leaders/major_hazard",
    "leaders/risk_map",
    "staff/ranking",
    "staff/reporting",
)
Asked = dict[str, list[tuple[str, dict[str, Any]]]]


def record(target: Path) -> None:
    """Open every page with its first filters and write down what it asks."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    from warehouse import queries

    asked: Asked = {}
    real, app_file = queries.run_file, Path("app.py").resolve()
    for page in PAGES:
        seen: list[tuple[str, dict[str, Any]]] = asked.setdefault(page, [])

        def noted(name: str, path: Path, _seen: Any = seen, **params: Any) -> Any:
            _seen.append((name, params))
            return real(name, path, **params)

        queries.run_file = noted
        st.cache_data.clear()
        app = AppTest.from_file(str(app_file), default_timeout=600)
        app.switch_page(str(app_file.parent / "pages" / f"{page}.py")).run()
        drawn = "".join(element.proto.json for element in app.get("bidi_component"))
        if app.exception or "没能算出来" in drawn or not seen:
            raise RuntimeError(f"{page} 没有画出来")
    target.write_text(json.dumps(asked, default=lambda day: {"day": day.isoformat()}))


def timed(source: Path, repeats: int) -> None:
    """Print seconds by page."""
    from warehouse import queries  # the one place that has not moved since then

    asked: Asked = json.loads(source.read_text(), object_hook=_day)
    served = queries.served_file(queries.Home.find())
    seconds: dict[str, float] = {}
    for page, calls in asked.items():
        runs = []
        for _ in range(repeats + 1):
            before = time.perf_counter()
            for name, params in calls:
                queries.run_file(name, served, **params)
            runs.append(time.perf_counter() - before)
        seconds[page] = statistics.median(runs[1:])  # the first round opens the file
    print(json.dumps(seconds))


def _day(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found["day"]) if list(found) == ["day"] else found


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(Path(sys.argv[2]))
    else:
        timed(Path(sys.argv[2]), int(sys.argv[3]))
