-- grain: one row per stated 合计 or 小计 that is not the sum of its rows
select
    'stated_total' as check_code,
    t.receipt_seq,
    cast(null as varchar) as row_id,
    t.unit_id,
    cast(null as date) as month,
    t.file_name || ' ' || t.sheet_name || ' ' || t.reason_zh as detail_zh
from core.fct_stated_total as t
