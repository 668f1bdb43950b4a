-- grain: one row per accepted workbook row of economy
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.metric_code,
    r.data_year,
    r.period_code,
    r.amount,
    r.unit_code,
    r.version_code,
    r.source_text,
    r.published_date,
    r.file_hash,
    r.file_name,
    r.sheet_no,
    r.sheet_name,
    r.row_number,
    r.receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.economy as r
