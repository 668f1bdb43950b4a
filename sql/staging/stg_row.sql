-- grain: one row per accepted workbook row of any dataset
select
    r.dataset as dataset,
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.receipt_seq as receipt_seq,
    r.sheet_no as sheet_no,
    r.table_no as table_no,
    r.row_number as row_number,
    r.identity_key as identity_key,
    r.name_key as name_key,
    r.case_key as case_key,
    r.likeness_key as likeness_key,
    r.business_date as business_date,
    r.origin_row_id as origin_row_id
from lake.row as r
