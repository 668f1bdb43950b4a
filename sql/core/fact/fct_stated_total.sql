-- grain: one row per stated 合计 or 小计 of a submission in force that differs from the rows it covers
select
    t.receipt_seq,
    t.dataset,
    t.unit_id,
    t.sheet_name,
    t.row_number,
    t.column_letter,
    t.header_zh,
    t.stated_amount,
    t.summed_amount,
    t.reason_zh,
    t.file_hash,
    t.file_name
from lake.stated_total as t
