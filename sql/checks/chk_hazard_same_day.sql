-- grain: one row per major hazard found and closed on the same day
select
    'hazard_same_day' as check_code,
    h.receipt_seq,
    h.row_id,
    h.reporter_id as unit_id,
    cast(null as date) as month,
    h.hazard_no || '：' || h.enterprise_name || '，' || h.found_date || ' 当天发现当天闭环' as detail_zh
from core.fct_hazard as h
where
    h.hazard_grade_code = 'major'
    and h.found_date = coalesce(h.closed_date, h.accepted_date)
