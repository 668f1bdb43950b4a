"""Two rows decided to be one case count once in what is served; taken back, all is as before."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl.__main__ import main
from etl.build.build import BuildOutcome
from etl.commands import decide as deciding
from tests.lifecycle.workbooks import ask, ytd
from warehouse.files.decisions import Decision, read_decisions
from warehouse.files.home import Home
from warehouse.versions.versions import current_build

TWO = (
    "select row_id from core.fct_incident where is_counted and year(stat_month) = 2026"
    " order by row_id limit 2"
)
STATES = "select count(*) from core.fct_row_state where state = 'merged'"


def decide(home: Home, rows: tuple[str, str], *words: str, why: str = "同一起") -> int:
    said = ["decide", "duplicate", *rows, *words, f"--why={why}"]
    return main([*said, "--home", str(home.root), "--json"])


def tables(home: Home) -> dict[str, str]:
    served = current_build(home)
    assert served is not None
    hashes = served.manifest["tables"].items()
    return {name: said for name, said in hashes if name.startswith(("core.", "marts.figure"))}


def test_a_look_a_decision_and_its_undoing(
    small_copy: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    (kept,), (dropped,) = ask(small_copy, TWO)
    rows, count, before = (kept, dropped), ytd(small_copy, "incident_count"), tables(small_copy)
    assert count == 8
    assert decide(small_copy, rows, "--preview", why="") == 0
    looked = json.loads(capsys.readouterr().out)["effects"]
    assert (tables(small_copy), read_decisions(small_copy)) == (before, [])
    assert [row["row_id"] for row in looked["merged"]] == [dropped]
    assert figure(looked)["change"] == -1
    assert decide(small_copy, rows) == 0
    assert (ytd(small_copy, "incident_count"), ask(small_copy, STATES)) == (count - 1, [(1,)])
    assert decide(small_copy, rows, "--undo") == 0
    assert (ytd(small_copy, "incident_count"), ask(small_copy, STATES)) == (count, [(0,)])
    assert tables(small_copy) == before


def figure(effects: dict[str, Any]) -> dict[str, Any]:
    """The newest 1—N月 of the number of incidents."""
    shown: list[dict[str, Any]] = effects["figures"]
    return next(f for f in shown if f["name_zh"] == "事故起数" and f["span_kind"] == "ytd")


def stopped(*_: object) -> BuildOutcome:
    return BuildOutcome(1, False, stops=["入库行去向平衡：1 行没有去向"])


def broken(*_: object) -> BuildOutcome:
    raise OSError("磁盘已满")


@pytest.mark.parametrize("build", [stopped, broken])
@pytest.mark.parametrize("earlier", [b"", b"kept,dropped,verdict,who,decided_at,why\n"])
def test_a_decision_the_build_cannot_use_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Any, earlier: bytes
) -> None:
    home = Home(tmp_path, "demo")
    path = home.decisions / "duplicates.csv"
    home.decisions.mkdir(parents=True)
    if earlier:
        path.write_bytes(earlier)
    monkeypatch.setattr(deciding, "decide", lambda *_: noted(path))
    monkeypatch.setattr(deciding, "build", build)
    assert decide(home, ("incident:a:1", "incident:a:2")) == 1
    assert (path.read_bytes() if path.exists() else b"") == earlier


def noted(path: Path) -> Any:
    path.write_bytes(b"something new")
    return Decision("a", "b", "duplicate", "张三", "2026-11-22T00:00:00Z", "同一起")
