-- grain: one row per accepted workbook row of training_record
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.person_name,
    r.person_key,
    r.person_id,
    r.enterprise_name,
    r.credit_code,
    r.category_code,
    r.person_kind_code,
    r.trained_date,
    r.result_code,
    r.certificate_no,
    r.certificate_expiry_date,
    r.organiser_text,
    r.file_hash,
    r.file_name,
    r.sheet_no,
    r.sheet_name,
    r.row_number,
    r.receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.training_record as r
