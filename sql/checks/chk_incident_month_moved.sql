-- grain: one row per incident counted in another month than it happened in
select
    'incident_month_moved' as check_code,
    i.receipt_seq,
    i.row_id,
    i.reporter_id as unit_id,
    cast(null as date) as month,
    i.incident_name || '：' || i.occurred_date || ' 发生，统计在 ' || year(i.stat_month) || '年'
    || month(i.stat_month) || '月' as detail_zh
from core.fct_incident as i
where i.stat_month <> cast(date_trunc('month', i.occurred_date) as date)
