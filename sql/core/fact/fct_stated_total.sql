-- grain: one row per stated 合计 or 小计 of a submission in force that differs from the rows it covers
select
    t.receipt_seq as receipt_seq,
    t.dataset as dataset,
    t.unit_id as unit_id,
    t.sheet_name as sheet_name,
    t.row_number as row_number,
    t.column_letter as column_letter,
    t.header_zh as header_zh,
    t.stated_amount as stated_amount,
    t.summed_amount as summed_amount,
    t.reason_zh as reason_zh,
    t.file_hash as file_hash,
    t.file_name as file_name
from lake.stated_total as t
