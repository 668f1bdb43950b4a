"""Homes to do things to: each test gets its own copy of the built sample home."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.load import LoadOptions, LoadReport, load
from warehouse.home import Home


@pytest.fixture
def load_into(home_copy: Home) -> Callable[..., LoadReport]:
    """Load workbooks into the private home, in this process."""

    def act(*paths: Path, **options: Any) -> LoadReport:
        return load(home_copy, list(paths), LoadOptions(**options))

    return act
