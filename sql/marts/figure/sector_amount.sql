-- grain: one row per amount of the verdict, span and sector (行业) with rows behind it, of the whole area
select
    m.indicator_code,
    m.sector_code,
    s.span_kind,
    s.span_month,
    cast(sum(m.amount) as decimal(18, 4)) as amount
from marts.measure as m
inner join catalogue.indicators as i on m.indicator_code = i.indicator_code
inner join core.dim_span as s on m.month between s.month_from and s.month_to
where
    m.part = 'n'
    and i.kind = 'base'
    and i.placement = 'verdict'
    and i.numerator_time = 'flow'
group by m.indicator_code, m.sector_code, s.span_kind, s.span_month
