-- grain: one row per 累计 that is lower than the one before it (核减): the month comes out negative
select
    'reported_decrease' as check_code,
    r.receipt_seq,
    r.row_id,
    r.reporter_id as unit_id,
    r.report_month as month,
    year(r.report_month) || '年1—' || month(r.report_month) || '月累计 '
    || cast(r.cumulative_amount as integer) || '，少于上期累计 '
    || cast(r.prior_cumulative_amount as integer) || '，当月按核减 '
    || cast(r.prior_cumulative_amount - r.cumulative_amount as integer) || ' 计' as detail_zh
from core.fct_reported_stated as r
where r.month_amount is null and r.cumulative_amount < r.prior_cumulative_amount
