-- grain: one row per accepted workbook row of economy
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.metric_code as metric_code,
    r.data_year as data_year,
    r.period_code as period_code,
    r.amount as amount,
    r.unit_code as unit_code,
    r.version_code as version_code,
    r.source_text as source_text,
    r.published_date as published_date,
    r.file_hash as file_hash,
    r.file_name as file_name,
    r.sheet_no as sheet_no,
    r.sheet_name as sheet_name,
    r.row_number as row_number,
    r.receipt_seq as receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.economy as r
