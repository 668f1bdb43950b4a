-- grain: one row per indicator and month of the whole area where ledger and 上报汇总数 differ
select
    'report_differs' as check_code,
    cast(null as integer) as receipt_seq,
    cast(null as varchar) as row_id,
    g.unit_id,
    g.span_month as month,
    i.name_zh || ' ' || year(g.span_month) || '年' || month(g.span_month) || '月：台账与上报数相差 '
    || cast(g.gap as integer) as detail_zh
from marts.reported_gap as g
inner join catalogue.indicators as i on g.indicator_code = i.indicator_code
where g.span_kind = 'month' and g.unit_role = 'total' and g.gap <> 0
