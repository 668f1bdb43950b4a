"""Moments as screens write them."""

from datetime import datetime

from warehouse import formats


def when(decided_at: str) -> str:
    """The office's clock: `2026-11-22 11:03`."""
    moment = datetime.fromisoformat(decided_at).astimezone(formats.BEIJING)
    return f"{moment:%Y-%m-%d %H:%M}"
