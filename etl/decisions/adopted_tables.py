"""采用此表: a person says that an older table counts after all; `decisions/adopted.csv`.

Such a table stands above everything that had come in when the decision was made (`after_seq`);
what comes later and is newer takes from it again.
"""

from collections.abc import Mapping
from dataclasses import astuple, fields

import pyarrow as pa

from etl.intake.receipts import in_force, now, read_receipts
from warehouse.files.decisions import ADOPTED, Adoption, adopted
from warehouse.files.home import Home, append_rows
from warehouse.models.database import Connection, put_table

SCHEMA = pa.schema(
    [("receipt_seq", pa.int32()), ("after_seq", pa.int32()), ("decision_no", pa.int32())]
)
_HASH_LETTERS = 6


def put_adoptions(connection: Connection, adoptions: Mapping[int, Adoption]) -> None:
    """Standing decisions as an input of the build, numbered in the order they were made."""
    rows = [
        {"receipt_seq": a.receipt_seq, "after_seq": a.after_seq, "decision_no": number}
        for number, a in adoptions.items()
    ]
    put_table(connection, "lake.adoption", pa.Table.from_pylist(rows, schema=SCHEMA))


def adopt(home: Home, what: str, verdict: str, who: str, why: str) -> Adoption:
    """Add a decision on a submission, named by receipt number or by its workbook's hash.

    LookupError where there is no such submission, or nothing to take back; ValueError without a
    reason.
    """
    if not why.strip():
        raise ValueError("请用 --why 写明理由")
    seq = _receipt_of(home, what)
    if verdict == "undecided" and seq not in {a.receipt_seq for a in adopted(home).values()}:
        raise LookupError(f"收件 {seq} 没有可撤回的“采用此表”")
    after = max((receipt.seq for receipt in read_receipts(home)), default=0)
    decision = Adoption(seq, after, verdict, who, now(), " ".join(why.split()))
    append_rows(home.decisions / ADOPTED, [f.name for f in fields(Adoption)], [astuple(decision)])
    return decision


def _receipt_of(home: Home, what: str) -> int:
    active = in_force(home).active
    if what.isdigit() and int(what) in active:
        return int(what)
    found = [
        seq
        for seq, receipt in active.items()
        if len(what) >= _HASH_LETTERS and receipt.sha256.startswith(what)
    ]
    if not found:
        raise LookupError(f"没有现行的报送与“{what}”对应")
    return max(found)
