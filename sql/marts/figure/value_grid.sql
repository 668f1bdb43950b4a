-- grain: one row per base indicator, span, unit and category a figure is due for, whether or not there are rows behind it
with category as (
    select
        i.indicator_code,
        '*' as category_code
    from catalogue.indicators as i
    where i.kind = 'base'

    union all

    select distinct
        m.indicator_code,
        m.category_code
    from marts.role_measure as m
    where m.category_code <> '*'
),

value_grid as (
    select
        i.indicator_code,
        s.span_kind,
        s.span_month,
        r.unit_role,
        r.unit_id,
        c.category_code
    from catalogue.indicators as i
    inner join core.dim_span as s on strpos(i.span_kinds, s.span_kind) > 0
    inner join core.dim_role_unit as r
        on
            r.unit_role = 'total'
            or strpos(i.unit_roles, r.unit_role) > 0
            or (r.unit_role = 'group' and strpos(i.unit_roles, 'territory') > 0)
    inner join category as c on i.indicator_code = c.indicator_code
    where i.kind = 'base'
)

select * from value_grid
