-- grain: one row per accepted workbook row of training_roster
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.plan_year,
    r.category_code,
    r.person_kind_code,
    r.territory_id,
    r.department_id,
    r.enterprise_name,
    r.credit_code,
    r.person_name,
    r.person_key,
    r.person_id,
    r.phone,
    r.file_hash,
    r.file_name,
    r.sheet_no,
    r.sheet_name,
    r.row_number,
    r.receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.training_roster as r
