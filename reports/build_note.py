"""Which build or edition a document is made from, for the line that says so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from reports.source import version_zh
from warehouse.formats import BEIJING
from warehouse.versions.versions import build_id, manifest_beside


@dataclass(frozen=True)
class Built:
    """The name of a build and when it was published."""

    label: str
    published_at: datetime | None = None

    @classmethod
    def of(cls, served: Path) -> Built:
        """A build or edition by its file, with the manifest that lies beside it."""
        manifest = json.loads(manifest_beside(served).read_text(encoding="utf-8"))
        moment = datetime.fromisoformat(manifest["published_at"]).astimezone(UTC)
        return cls(version_zh(build_id(served)), moment)

    @property
    def words(self) -> str:
        """`第 3 版，2026-11-06 09:30 发布`, in Beijing time."""
        if self.published_at is None:
            return self.label
        return f"{self.label}，{self.published_at.astimezone(BEIJING):%Y-%m-%d %H:%M} 发布"
