"""Two rows decided to be one case count once in what is served; taken back, all is as before."""

from etl.__main__ import main
from tests.lifecycle.workbooks import ask, ytd
from warehouse.home import Home
from warehouse.versions import current_build

TWO = (
    "select row_id from core.fct_incident where is_counted and year(stat_month) = 2026"
    " order by row_id limit 2"
)
STATES = "select count(*) from core.fct_row_state where state = 'merged'"


def test_a_decision_and_its_undoing(home_copy: Home) -> None:
    def decide(*words: str) -> int:
        rows = ["decide", "duplicate", kept, dropped, *words]
        return main([*rows, "--why", "同一起", "--home", str(home_copy.root), "--json"])

    def tables() -> dict[str, str]:
        served = current_build(home_copy)
        assert served is not None
        hashes = served.manifest["tables"].items()
        return {name: said for name, said in hashes if name.startswith(("core.", "marts.figure"))}

    (kept,), (dropped,) = ask(home_copy, TWO)
    count, before = ytd(home_copy, "incident_count"), tables()
    assert decide() == 0
    assert (ytd(home_copy, "incident_count"), ask(home_copy, STATES)) == (count - 1, [(1,)])
    assert decide("--undo") == 0
    assert (ytd(home_copy, "incident_count"), ask(home_copy, STATES)) == (count, [(0,)])
    assert tables() == before
