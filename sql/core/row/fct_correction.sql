-- grain: one row per declared correction and accepted row it changed or took out (更正)
select
    c.correction_id,
    c.action,
    c.dataset,
    c.row_id,
    c.identity_key,
    c.field,
    c.field_zh,
    c.from_value,
    c.to_value,
    c.who,
    c.decided_date,
    c.why_zh,
    c.file_hash,
    c.file_name,
    c.sheet_name,
    c.row_number,
    c.receipt_seq
from lake.correction as c
