-- grain: one row per territory and sector: amount of one part of a base indicator in a span, summing to its figure
with span as (
    select s.*
    from core.dim_span as s
    where s.span_kind = :span_kind and s.span_month = :span_month
)

select
    m.territory_id as unit_id,
    u.name_zh as unit_name_zh,
    u.short_name,
    u.sort_no as unit_sort_no,
    m.sector_code,
    coalesce(c.name_zh, m.sector_code) as sector_zh,
    coalesce(c.sort_no, 999) as sector_sort_no,
    case m.part when 'd' then i.denominator_zh else i.numerator_zh end as part_zh,
    sum(m.amount) as amount
from marts.measure as m
inner join marts.time_rule as r on m.indicator_code = r.indicator_code and m.part = r.part
inner join catalogue.indicators as i on m.indicator_code = i.indicator_code
inner join core.dim_unit as u on m.territory_id = u.unit_id
left join catalogue.codes as c on c.code_list = 'sector_field' and m.sector_code = c.code
cross join span as s
where
    m.indicator_code = :indicator_code
    and m.part = :part
    and case r.time_rule
        when 'stock'
            then m.month <= s.month_to and (m.done_month is null or m.done_month > s.month_to)
        when 'cohort'
            then m.month between s.month_from and s.month_to and m.done_month <= s.month_to
        else m.month between s.month_from and s.month_to
    end
group by all
order by unit_sort_no, sector_sort_no
