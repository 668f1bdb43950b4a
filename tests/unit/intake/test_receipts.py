"""Replaying receipts: what counts after sending again, undoing, going back, confirming."""

from __future__ import annotations

from typing import Any

from etl.intake.receipts import SHRUNK, Receipt, Standing, standing


def replay(*told: dict[str, Any], accepted: frozenset[int] = frozenset()) -> Standing:
    rows = [
        Receipt(**{"seq": seq, "at": "", "actor": "", "load_id": "", **row})
        for seq, row in enumerate(told, 1)
    ]
    return standing(rows, accepted)


def sent(sha256: str) -> dict[str, Any]:
    return {"kind": "submit", "sha256": sha256}


def undo(*targets: int) -> dict[str, Any]:
    return {"kind": "undo", "targets": targets}


def back_to(seq: int) -> dict[str, Any]:
    return {"kind": "revert", "to_seq": seq}


def test_a_workbook_sent_again_counts_once_as_its_last_receipt() -> None:
    assert list(replay(sent("a"), sent("b"), sent("a")).active) == [2, 3]


def test_undone_and_sent_again_it_counts_again() -> None:
    assert list(replay(sent("a"), undo(1)).active) == []
    assert list(replay(sent("a"), undo(1), sent("a")).active) == [3]


def test_going_back_restores_what_stood_then_and_no_more() -> None:
    told = [sent("a"), sent("b"), undo(1), sent("c"), back_to(2)]
    assert list(replay(*told).active) == [1, 2]
    assert list(replay(*told, sent("a")).active) == [2, 6]
    assert list(replay(*told, back_to(4)).active) == [2, 4]
    assert list(replay(*told, back_to(0)).active) == []


def test_going_back_to_a_return_is_going_back_to_what_it_restored() -> None:
    assert list(replay(sent("a"), sent("b"), back_to(1), sent("c"), back_to(3)).active) == [1]


def test_only_a_shrunk_slice_can_be_confirmed() -> None:
    held = {"kind": "hold", "targets": (1,), "reason": "少了死亡", "codes": (SHRUNK,)}
    doubted = {"kind": "hold", "targets": (1,), "reason": "重复", "codes": ("chk_other",)}
    assert replay(sent("a"), held).held == {1: "少了死亡"}
    assert replay(sent("a"), held, accepted=frozenset({1})).held == {}
    assert replay(sent("a"), held, doubted, accepted=frozenset({1})).held == {1: "重复"}
    assert replay(sent("a"), held, undo(1)).held == {}


def test_a_workbook_sent_again_takes_its_own_place_only_when_it_counts() -> None:
    held = {"kind": "hold", "targets": (2,), "reason": "少了死亡", "codes": (SHRUNK,)}
    again = [sent("a"), sent("a"), held]
    assert sorted(replay(*again).active) == [1, 2], "the earlier one stays while the later waits"
    assert replay(*again).held == {2: "少了死亡"}
    assert sorted(replay(*again, accepted=frozenset({2})).active) == [2]
    assert sorted(replay(*again, undo(2)).active) == [1]
    assert sorted(replay(*again, undo(1, 2)).active) == []
    assert sorted(replay(*again, sent("a")).active) == [4]
    second = {**held, "targets": (4,)}
    assert sorted(replay(*again, sent("a"), second).active) == [1, 4]
