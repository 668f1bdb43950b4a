-- grain: one row per accepted workbook row of reported
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.report_month as report_month,
    r.reporter_id as reporter_id,
    r.item_code as item_code,
    r.amount as amount,
    r.cumulative_amount as cumulative_amount,
    coalesce(r.is_cumulative, false) as is_cumulative,
    r.note_text as note_text,
    r.file_hash as file_hash,
    r.file_name as file_name,
    r.sheet_no as sheet_no,
    r.sheet_name as sheet_name,
    r.row_number as row_number,
    r.receipt_seq as receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.reported as r
