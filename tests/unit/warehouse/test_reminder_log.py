"""催报记录: kept in order, read by month, and no file where nobody was urged."""

from datetime import UTC, date, datetime
from pathlib import Path

from warehouse.files import reminder_log
from warehouse.files.home import Home
from warehouse.files.state import state_path

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)


def test_a_home_without_reminders_gets_no_file(tmp_path: Path) -> None:
    home = Home(tmp_path, "demo")
    assert reminder_log.noted(home, OCTOBER) == []
    assert not state_path(home).exists()


def test_reminders_are_kept_by_month_newest_first(tmp_path: Path) -> None:
    home, before = Home(tmp_path, "demo"), datetime.now(UTC).replace(microsecond=0)
    assert (
        reminder_log.note(home, "zhang", OCTOBER, [("liudi", "隐患"), ("qiaoling", "隐患、执法")])
        == 2
    )
    reminder_log.note(home, "li", OCTOBER, [("liudi", "隐患")])
    reminder_log.note(home, "li", SEPTEMBER, [("liudi", "事故")])
    found = reminder_log.noted(home, OCTOBER)
    assert [(one.person, one.unit_id, one.ledgers) for one in found] == [
        ("li", "liudi", "隐患"), ("zhang", "qiaoling", "隐患、执法"), ("zhang", "liudi", "隐患"),
    ]  # fmt: skip
    assert all(before <= one.reminded_at <= datetime.now(UTC) for one in found)
