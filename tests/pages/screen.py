"""What a page test looks at: the markup of our blocks, by key."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"
TIMEOUT = 240  # a machine may be four times slower than this one, and busy

# Each run of an AppTest looks through every installed package for components, which takes four
# times as long as the page (Streamlit 1.67); what is installed stays the same.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def open_app(**query: str) -> AppTest:
    """The app at an address, run once."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def open_page(path: str, **query: str) -> AppTest:
    """One page of the app at an address, run once."""
    app = AppTest.from_file(str(APP), default_timeout=TIMEOUT).switch_page(str(APP.parent / path))
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def blocks(app: AppTest) -> dict[str, str]:
    """Markup of every block on the page, by its key."""
    found = {}
    for element in app.get("bidi_component"):
        key = element.proto.id.rsplit("-", 1)[-1]
        data = json.loads(element.proto.json) if element.proto.json else ""
        found[key] = data if isinstance(data, str) else ""
    return found


def text(markup: str) -> str:
    """Markup without its tags."""
    return re.sub(r"<[^>]+>", "", markup)


def figures(markup: str) -> list[str]:
    """Addresses of the figures a block opens."""
    return re.findall(r'data-act="figure:([^"]+)"', markup)


def address(app: AppTest) -> dict[str, str]:
    """The query of the address bar; AppTest keeps what the app wrote as lists."""
    return {k: v[-1] if isinstance(v, list) else v for k, v in app.query_params.items()}
