"""Why a workbook as a whole cannot be taken as it is: nothing known, untrue telling, open question.

What is asked is asked of a person, never guessed, and the sentence names every column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.declarations.declarations import Context
from etl.declarations.kind_answers import EVERY_SHEET, Kinds
from etl.declarations.refusal import RefusedError
from etl.declarations.text_keys import key
from etl.formats.xlsx.preflight import ScannedSheet
from etl.judge.records.verdict import SheetVerdict

_TABLE_COLUMNS = 3


def asked(choices: Sequence[Mapping[str, str]]) -> str:
    """Which columns of which sheets may be which fields, in words."""
    # A dict of names keeps their order and says each once, where a sheet has a table twice.
    named: dict[tuple[str, str], dict[str, None]] = {}
    for choice in choices:
        named.setdefault((choice["sheet"], choice["header"]), {})[choice["name_zh"]] = None
    said = [
        f"工作表“{sheet}”的“{header}”像{'或'.join(f'“{name}”' for name in names)}"
        for (sheet, header), names in named.items()
    ]
    return "；".join(said)


def refuse_unheeded(kinds: Kinds, verdicts: Sequence[SheetVerdict], context: Context) -> None:
    """What was told must be true of that sheet, or of one sheet where it was said of all."""
    for sheet, dataset in kinds.items():
        if sheet == EVERY_SHEET:
            found, where = verdicts, ""
        else:
            found = [v for v in verdicts if key(v.sheet) == key(sheet)]
            where = f"的工作表“{sheet}”"
        if not any(v.dataset == dataset for v in found):
            kind = context.sources[dataset].name_zh
            raise RefusedError("kind_unfit", sheet=where, kind=kind)


def refuse_unknown(sheets: Sequence[ScannedSheet], verdicts: Sequence[SheetVerdict]) -> None:
    """Where nothing is known: what a table anybody sees lacks goes before hidden sheets."""
    if any(verdict.dataset for verdict in verdicts):
        return
    hidden = [s.sheet.name for s in sheets if s.sheet.is_hidden and len(s.scan.rows)]
    if hidden and not any(map(_shows_a_table, sheets)):
        raise RefusedError("only_hidden", sheets="、".join(f"“{name}”" for name in hidden))
    near = [f"工作表“{v.sheet}”{v.nearest}" for v in verdicts if v.nearest]
    raise RefusedError("unknown_workbook", near="；" + near[0] if near else "")


def _shows_a_table(scanned: ScannedSheet) -> bool:
    """A sheet anybody sees and that is more than a cover: it is what the sender meant to report."""
    wide = scanned.scan.filled >= _TABLE_COLUMNS
    return not scanned.sheet.is_hidden and int(wide.sum()) > 1
