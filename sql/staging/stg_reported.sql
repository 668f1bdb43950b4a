-- grain: one row per accepted workbook row of reported
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.report_month,
    r.reporter_id,
    r.item_code,
    r.amount,
    r.cumulative_amount,
    coalesce(r.is_cumulative, false) as is_cumulative,
    r.note_text,
    r.file_hash,
    r.file_name,
    r.sheet_no,
    r.sheet_name,
    r.row_number,
    r.receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.reported as r
