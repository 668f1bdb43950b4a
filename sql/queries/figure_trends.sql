-- grain: one row per indicator, kind of span and month from January of last year up to the chosen month, for one unit
with trend as (
    select
        f.indicator_code as indicator_code,
        f.span_kind as span_kind,
        f.span_month as span_month,
        f.value as value,
        row_number() over (
            partition by f.indicator_code, f.span_kind, f.span_month
            order by strpos(i.unit_roles, f.unit_role)
        ) as preference
    from marts.figure as f
    inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
    where
        f.unit_id = :unit_id
        and f.category_code = '*'
        and f.span_kind in ('month', 'ytd', 'rolling12')
        and f.span_month <= :span_month
        and f.span_month >= make_date(year(cast(:span_month as date)) - 1, 1, 1)
)

select
    t.indicator_code as indicator_code,
    t.span_kind as span_kind,
    t.span_month as span_month,
    t.value as value
from trend as t
where t.preference = 1
order by t.indicator_code, t.span_kind, t.span_month
