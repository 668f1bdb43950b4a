"""Markup of pages: what `reports.safe_html` escapes, and elements that answer to a click."""

from __future__ import annotations

from reports.safe_html import Safe, escape, fill, join, prose

__all__ = ["Safe", "door", "escape", "fill", "join", "prose"]


def door(action: str, value: str, label: str) -> Safe:
    """Attributes that make an element a door: clickable, in the Tab order, named for a reader."""
    return fill(
        'data-act="{action}:{value}" tabindex="0" role="button" aria-label="{label}"',
        action=action,
        value=value,
        label=label,
    )
