-- grain: one row per rate of major hazards for one unit and span, with the words of its denominator
with own as (
    select
        f.*,
        row_number() over (
            partition by f.indicator_code order by strpos(i.unit_roles, f.unit_role)
        ) as preference
    from marts.figure as f
    inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
    where
        f.span_kind = :span_kind
        and f.span_month = :span_month
        and f.unit_id = :unit_id
        and f.category_code = '*'
        and i.domain_code = 'hazard'
        and i.value_form = 'ratio'
)

select
    o.indicator_code,
    i.name_zh,
    i.unit_zh,
    i.decimals,
    i.denominator_zh,
    o.span_kind,
    o.span_month,
    o.unit_role,
    o.unit_id,
    o.category_code,
    o.numerator,
    o.denominator,
    o.value,
    o.state
from own as o
inner join catalogue.indicators as i on o.indicator_code = i.indicator_code
where o.preference = 1
order by i.sort_no desc
