-- grain: one row per indicator, role, kind of span and month from January of last year up to the chosen month, for one unit
select
    f.indicator_code,
    f.unit_role,
    f.span_kind,
    f.span_month,
    f.value
from marts.figure as f
where
    f.unit_id = :unit_id
    and f.category_code = '*'
    and f.span_kind in ('month', 'ytd', 'rolling12')
    and f.span_month <= :span_month
    and f.span_month >= make_date(year(cast(:span_month as date)) - 1, 1, 1)
order by f.indicator_code, f.unit_role, f.span_kind, f.span_month
