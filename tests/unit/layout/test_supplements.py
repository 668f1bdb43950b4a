"""Lists that say in their title that they are no complete ledger."""

import pytest

from etl.declarations.declarations import Context
from etl.layout.supplements import supplement_named


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("2026年1—3月生产安全事故补报台账", "补报"),
        ("生产安全事故台账（更正）", "更正"),
        ("事故 续报 表", "续报"),
        ("2026年上半年事故核销情况表", "核销"),
        ("退回隐患重新上报表", "退回"),
        ("2026年1—10月生产安全事故台账（含补报）", ""),
        ("生产安全事故台账（剔除核销）", ""),
        ("说明：核销的事故不再统计", ""),
        ("核销的事故单独列示，不在本表", ""),
        ("2026年1—10月生产安全事故台账", ""),
    ],
)
def test_what_a_title_says(context: Context, title: str, word: str) -> None:
    assert supplement_named([title], context) == word
