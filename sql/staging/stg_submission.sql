-- grain: one row per submitted table (several when stacked in one sheet) that was recognised and is in force
select
    s.receipt_seq,
    s.sheet_no,
    s.table_no,
    s.sheet_name,
    s.dataset,
    s.unit_id,
    s.as_of_date,
    s.filed_date,
    s.received_at,
    s.received_date,
    s.span_from_date,
    s.span_to_date,
    s.mode,
    s.origin_seq,
    s.file_hash,
    s.file_name,
    s.row_count,
    s.loaded_count,
    s.rejected_count,
    s.skipped_count
from lake.submission as s
