-- grain: one row per accepted workbook row of any dataset
select
    r.dataset,
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.receipt_seq,
    r.sheet_no,
    r.table_no,
    r.row_number,
    r.identity_key,
    r.name_key,
    r.case_key,
    r.likeness_key,
    r.business_date,
    r.origin_row_id
from lake.row as r
