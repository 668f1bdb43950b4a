"""Homes to do things to: each test gets its own copy of a built home."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.commands.load import LoadOptions, LoadReport, load
from warehouse.files.home import Home


@pytest.fixture
def load_into(small_copy: Home) -> Callable[..., LoadReport]:
    """Load workbooks into the private home, in this process."""

    def act(*paths: Path, **options: Any) -> LoadReport:
        return load(small_copy, list(paths), LoadOptions(**options))

    return act
