-- grain: one row per hazard whose dates contradict each other: due or done before it was found
select
    'hazard_dates' as check_code,
    h.receipt_seq as receipt_seq,
    h.row_id as row_id,
    h.territory_id as unit_id,
    cast(null as date) as month,
    h.hazard_no || '：整改期限、验收或销号日期早于发现日期' as detail_zh
from core.fct_hazard as h
where
    h.effective_due_date < h.found_date
    or h.rectified_date < h.found_date
    or h.accepted_date < h.found_date
    or h.closed_date < h.found_date
