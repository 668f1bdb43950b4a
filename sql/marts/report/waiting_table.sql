-- grain: one row per table that waits for a person: held, or of a workbook that asks; with what can be read of it
select
    w.receipt_seq,
    w.file_name,
    w.sheet_name,
    w.dataset,
    w.unit_id,
    w.waiting_kind,
    w.waiting_reason_zh,
    w.span_from_date,
    w.span_to_date,
    w.row_count,
    w.death_count
from lake.waiting_sheet as w
