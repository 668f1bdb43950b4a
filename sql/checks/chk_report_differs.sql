-- grain: one row per indicator and month of the whole area where ledger and 上报汇总数 differ
select
    'report_differs' as check_code,
    cast(null as integer) as receipt_seq,
    cast(null as varchar) as row_id,
    g.unit_id as unit_id,
    g.indicator_code || ' ' || g.span_month || '：台账与上报数相差 ' || cast(g.gap as integer) as detail_zh
from marts.reported_gap as g
where g.span_kind = 'month' and g.unit_role = 'total' and g.gap <> 0
