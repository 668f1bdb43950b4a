-- grain: one row per dataset, unit that must report it and month: has that month been reported, and by which workbook
-- Months before a dataset was taken into use count as reported where a ledger speaks for them, else they are 未纳入.
select
    c.row_id,
    c.dataset,
    c.unit_id,
    c.covers,
    c.rhythm,
    c.month,
    c.last_date,
    c.due_date,
    c.is_known as is_reported,
    c.state,
    c.receipt_seq,
    c.as_of_date,
    c.file_hash,
    c.file_name,
    c.sheet_name
from core.fct_coverage as c
where c.is_asked and (c.is_due or c.is_known)
