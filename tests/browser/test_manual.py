"""The pictures of 操作手册 still show the screens as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from manual.camera import FOLDER, changed, read_shots, served, take

pytestmark = pytest.mark.browser


def test_no_screen_has_changed_since_its_picture_was_taken(sample_home: Path) -> None:
    with served(sample_home) as url:
        stale = {t.shot.picture: changed(t, FOLDER) for t in take(url, read_shots(), 1366, 768)}
    assert {name: words for name, words in stale.items() if words} == {}
