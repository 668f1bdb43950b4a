-- grain: one row per 累计 whose earlier 累计 nobody reported, so that the month is not known
select
    'reported_unsettled' as check_code,
    r.receipt_seq,
    r.row_id,
    r.reporter_id as unit_id,
    r.report_month as month,
    '只有' || year(r.report_month) || '年1—' || month(r.report_month) || '月累计 '
    || cast(r.cumulative_amount as integer) || '，没有上期累计，算不出当月数' as detail_zh
from core.fct_reported_stated as r
where r.month_amount is null and r.prior_cumulative_amount is null
