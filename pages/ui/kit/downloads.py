"""Files people take away from a page: rows of a query under Chinese heads."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from reports import table_files
from reports.document_files import file_name
from reports.table_files import cell

__all__ = ["cell", "csv_bytes", "file_name", "zip_bytes"]


def csv_bytes(heads: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A CSV that Excel opens in Chinese: BOM, Chinese heads, text guarded, numbers as numbers."""
    return table_files.csv_bytes(
        list(heads.values()), ([row.get(name) for name in heads] for row in rows)
    )


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Several files as one."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()
