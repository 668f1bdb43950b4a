-- grain: one row per accepted workbook row of training_roster
select
    substr(r.file_hash, 1, 16) || '-' || r.sheet_no || '-' || r.row_number as row_id,
    r.plan_year as plan_year,
    r.category_code as category_code,
    r.person_kind_code as person_kind_code,
    r.territory_id as territory_id,
    r.department_id as department_id,
    r.enterprise_name as enterprise_name,
    r.credit_code as credit_code,
    r.person_name as person_name,
    r.person_key as person_key,
    r.person_id as person_id,
    r.phone as phone,
    r.file_hash as file_hash,
    r.file_name as file_name,
    r.sheet_no as sheet_no,
    r.sheet_name as sheet_name,
    r.row_number as row_number,
    r.receipt_seq as receipt_seq,
    coalesce(r.is_corrected, false) as is_corrected
from lake.training_roster as r
