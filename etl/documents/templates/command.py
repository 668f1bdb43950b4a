"""`python -m etl template`: blank workbooks, one per kind of report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from etl.declarations.declarations import Context, load_context
from etl.documents.templates.workbook import write
from etl.documents.workbook_styles import file_name
from warehouse.files.home import Home


def write_templates(home: Home, out: Path, wanted: Sequence[str]) -> list[dict[str, Any]]:
    """Write blank forms into `out`: of the kinds named (code or Chinese name), else of all.

    One entry a file: path, dataset, Chinese name. LookupError in Chinese when a kind is not known.
    """
    context = load_context(home.profile_folder)
    datasets = [_dataset(name, context) for name in wanted] or list(context.sources)
    out.mkdir(parents=True, exist_ok=True)
    files = []
    for dataset in dict.fromkeys(datasets):
        source = context.sources[dataset]
        path = out / file_name(["空表", source.name_zh], is_synthetic=False)
        write(path, source, context, home.profile_folder)
        files.append({"path": str(path), "dataset": dataset, "name_zh": source.name_zh})
    return files


def _dataset(name: str, context: Context) -> str:
    known = {s.name_zh: s.dataset for s in context.sources.values()}
    if name in context.sources:
        return name
    if name not in known:
        raise LookupError(f"没有名为“{name}”的报表；现有：{'、'.join(known)}")
    return known[name]
