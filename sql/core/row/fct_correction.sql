-- grain: one row per declared correction and accepted row it changed or took out (更正)
select
    c.correction_id as correction_id,
    c.action as action,
    c.dataset as dataset,
    c.row_id as row_id,
    c.identity_key as identity_key,
    c.field as field,
    c.field_zh as field_zh,
    c.from_value as from_value,
    c.to_value as to_value,
    c.who as who,
    c.decided_date as decided_date,
    c.why_zh as why_zh,
    c.file_hash as file_hash,
    c.file_name as file_name,
    c.sheet_name as sheet_name,
    c.row_number as row_number,
    c.receipt_seq as receipt_seq
from lake.correction as c
