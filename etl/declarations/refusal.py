"""A workbook, or the sheet in it, that cannot be judged at all, and why."""

from __future__ import annotations


class RefusedError(Exception):
    """Carries a refusal code of reasons.csv and the details its sentence needs."""

    candidates: tuple[dict[str, str], ...] = ()
    """Kinds a person may choose from, where two fit: sheet, dataset, name_zh."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
