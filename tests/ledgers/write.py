"""Workbooks of the layouts in their dresses, with the truth beside them.

    python -m tests.ledgers.write DIR [--half odd|even] [--dress n] [--layout L026] [--series k]

Writes `DIR/L026_07.xlsx` and so on, and `DIR/truth.json`. Everything in them is invented.
"""

import argparse
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.ledgers import books, dress, fitting, forms, sheet, truth
from tests.ledgers.dress import Dress
from tests.ledgers.grid import Grid
from tests.ledgers.layouts import Layout, expectations, read

CODES = ("一般", "重大", "已整改", "未整改", "整改中")


def _cover(layout: Layout) -> Grid:
    grid = Grid("封面")
    grid.add(None)
    grid.add(sheet.title(layout), at=1, merge_to=6)
    for line in (f"报送单位：{layout.sender}", f"报送日期：{sheet.filing_day(layout)}"):
        grid.add(None)
        grid.add(line, at=2)
    grid.add("本工作簿内容均为虚构样例")
    return grid


def grids(layout: Layout, worn: Dress, series: int = 0) -> list[Grid]:
    """The sheets of a workbook, for a dress that has been fitted."""
    made = forms.sheets if layout.shape == "form" else sheet.tables
    sheets = made(layout, worn, series)
    if "cover" in worn:
        sheets.insert(0, _cover(layout))
    if "codes" in worn:
        codes = Grid("代码", visible=False)
        for word in CODES:
            codes.add(word)
        sheets.append(codes)
    if "spare" in worn:
        sheets += [Grid("Sheet2"), Grid("Sheet3")]
    return sheets


def _facts(layout: Layout, worn: Dress, outcome: str, series: int) -> dict[str, Any]:
    facts = truth.of(layout, series)
    if outcome == "cannot":
        return {"rows": facts["rows"]}
    if "by_place" in fitting.differs(layout, worn):
        facts["by_place"] = truth.places(layout, series)
    return facts


def statement(layout: Layout, worn: Dress, series: int = 0) -> dict[str, Any]:
    """What truth.json says of one workbook."""
    expected = expectations()[layout.id]
    return {
        "layout": layout.id,
        "half": layout.half,
        "dataset": layout.dataset,
        "shape": layout.shape,
        "dress": worn.number,
        "features": sorted(worn.features),
        "sender": layout.sender,
        "place_in": layout.place_in,
        "period": [layout.period.first.isoformat(), layout.period.last.isoformat()],
        **{name: expected[name] for name in ("outcome", "asks", "answers", "also", "reason")},
        "truth": _facts(layout, worn, expected["outcome"], series),
        "differs": fitting.differs(layout, worn),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"no JSON for {value!r}")


def workbooks(
    folder: Path, layouts: list[Layout], dresses: list[Dress], series: int = 0
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Write each layout in each dress; the path and its statement."""
    folder.mkdir(parents=True, exist_ok=True)
    for layout in layouts:
        for variety in dresses:
            worn = fitting.fit(layout, variety)
            path = folder / f"{layout.id}_{worn.number:02d}.{worn.suffix}"
            books.save(grids(layout, worn, series), path, worn.format)
            yield path, statement(layout, worn, series)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.ledgers.write")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=("odd", "even"))
    parser.add_argument("--dress", type=int, help="one dress; without it all forty")
    parser.add_argument("--layout", help="one layout")
    parser.add_argument("--series", type=int, default=0, help="another set of rows")
    asked = parser.parse_args()
    layouts = [one for one in read(asked.half) if asked.layout in (None, one.id)]
    dresses = [one for one in dress.read() if asked.dress in (None, one.number)]
    told = {
        path.name: said for path, said in workbooks(asked.folder, layouts, dresses, asked.series)
    }
    text = json.dumps(told, ensure_ascii=False, indent=1, default=_plain)
    (asked.folder / "truth.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
