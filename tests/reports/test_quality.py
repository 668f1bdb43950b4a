"""The quality report: what the build holds, nothing from outside, every row accounted for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from etl.layout.row_kinds import KIND_NAMES
from reports.build_note import Built
from reports.quality import document, facts
from reports.quality.facts import Asked, Quality
from reports.source import Source
from tests.conftest import ROOT
from tests.contract.repository import SQL, rows
from warehouse import queries
from warehouse.files.home import Home

OCTOBER = date(2026, 10, 1)
HOSTILE = '<img src=x onerror="alert(1)">'


class Outside(HTMLParser):
    """Collects whatever a browser would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        wanted = {"src", "href", "data", "srcset", "action", "poster"}
        self.found += [f"{tag} {name}" for name, _ in attrs if name in wanted or name[:2] == "on"]
        if tag in {"link", "script", "iframe", "object", "embed", "img"}:
            self.found.append(tag)


def quality(home: Home, **changed: object) -> Quality:
    return replace(facts.load(Source.of(home).rows, Asked(OCTOBER, "all")), **changed)  # type: ignore[arg-type]


def report(shown: Quality) -> str:
    return document.html(shown, Built("快报 第 1 版"))


def text(markup: str) -> str:
    return re.sub(r"<[^>]+>", "", markup.split("<body>")[1])


def test_the_report_asks_for_nothing_outside(home: Home) -> None:
    html = report(quality(home))
    outside = Outside()
    outside.feed(html)
    assert outside.found == []
    assert not re.findall(r"https?://|url\(|@import", html)


def test_the_report_says_what_it_is_of(home: Home) -> None:
    said = text(report(quality(home)))
    for part in ("示例市数据质量报告", "数据截至 2026年10月31日24时", "快报 第 1 版", "模拟数据"):
        assert part in said
    assert "<title>【模拟数据】示例市2026年10月数据质量报告（快报 第 1 版）</title>" in report(
        quality(home)
    )


def test_every_check_stands_with_its_counts_and_its_basis(home: Home) -> None:
    html = report(quality(home))
    known = queries.run("quality_checks", home=home)
    assert len(known) == len(rows(SQL / "catalogue" / "checks.csv"))
    for check in known.itertuples():
        line = re.search(rf"<td[^>]*>{check.name_zh}</td>(.*?)</tr>", html)
        assert line, check.name_zh
        assert str(check.basis_zh) in text("<body>" + line[1])


def test_every_finding_and_every_row_handed_back_is_listed(home: Home) -> None:
    shown = quality(home)
    said = text(report(shown))
    checks = queries.run("quality_checks", home=home)
    assert len(shown.findings) == checks["failed_count"].sum()
    assert f"发现的问题 {len(shown.findings)} 处" in said
    assert f"退回未改的行 {len(shown.rejects)} 处" in said
    for reject in shown.rejects:
        assert str(reject["file_name"]) in said and f"第 {reject['row_number']} 行" in said


def test_the_row_balance_is_that_of_the_checks(home: Home) -> None:
    shown = quality(home)
    assert shown.is_balanced
    assert len(shown.ledger) == 60
    rejected = {(r["file_name"], r["sheet_name"], r["row_number"]) for r in shown.rejects}
    assert len(rejected) == shown.total("rejected_count") == 9
    broken = [{**shown.ledger[0], "row_count": shown.ledger[0]["row_count"] + 1}]
    assert "有不相符的" in text(report(replace(shown, ledger=broken)))


def test_a_hidden_cell_is_told_by_place_alone(home: Home) -> None:
    damaged = [r for r in quality(home).rejects if "后几位已经丢失" in r["reason_zh"]]
    assert damaged
    assert all(r["value_zh"] == "（不显示）" for r in damaged)
    assert not re.search(r"\d{15}", "".join(r["reason_zh"] for r in damaged))


def test_text_is_data(home: Home) -> None:
    shown = quality(home)
    hostile = [{**row, "file_name": HOSTILE, "unit_zh": HOSTILE} for row in shown.ledger]
    html = report(replace(shown, ledger=hostile))
    assert "<img" not in html and "&lt;img" in html


def test_every_kind_of_skipped_row_has_a_name() -> None:
    codes = rows(SQL / "dictionary" / "codes.csv")
    named = {row["code"] for row in codes if row["code_list"] == "skip_kind"}
    assert {*KIND_NAMES.values(), "unknown_sheet", "unknown_table"} <= named


@pytest.mark.parametrize(
    ("span", "first", "words"),
    [("month", OCTOBER, "2026年10月"), ("rolling12", date(2025, 11, 1), "2025年11月—2026年10月")],
)
def test_spans(span: str, first: date, words: str) -> None:
    asked = Asked(OCTOBER, span)
    assert (asked.params["month_from"], asked.params["month_to"]) == (first, OCTOBER)
    assert asked.span_zh == words


def test_the_command_writes_one_file(home: Home, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "reports", "quality", "--month", "2026-10", "--json"]
    done = subprocess.run(
        [*call, "--home", str(home.root), "--out", str(tmp_path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    path = Path(json.loads(done.stdout)["path"])
    assert path.name == "模拟数据_示例市_数据质量报告_2026年10月_快报第1版.html"
    assert "各项检查" in path.read_text("utf-8")
