-- grain: one row per figure that reads otherwise in `after` than in `before`, whole area and newest first
-- The marts hold values as printed. How many there are in all stands in each row.
with earlier as (
    select
        f.indicator_code,
        f.span_kind,
        f.span_month,
        f.unit_role,
        f.unit_id,
        f.category_code,
        f.state,
        f.verdict_code,
        f.status_code,
        f.value as printed,
        c.name_zh as state_zh,
        s.name_zh as status_zh,
        v.phrase_zh as verdict_zh
    from before.marts.figure as f
    left join before.catalogue.codes as c on c.code_list = 'figure_state' and f.state = c.code
    left join before.catalogue.codes as s
        on s.code_list = 'figure_status' and f.status_code = s.code
    left join before.catalogue.verdicts as v on f.verdict_code = v.verdict_code
),

later as (
    select
        f.indicator_code,
        f.span_kind,
        f.span_month,
        f.unit_role,
        f.unit_id,
        f.category_code,
        f.state,
        f.verdict_code,
        f.status_code,
        f.value as printed,
        c.name_zh as state_zh,
        s.name_zh as status_zh,
        v.phrase_zh as verdict_zh
    from after.marts.figure as f
    left join after.catalogue.codes as c on c.code_list = 'figure_state' and f.state = c.code
    left join after.catalogue.codes as s
        on s.code_list = 'figure_status' and f.status_code = s.code
    left join after.catalogue.verdicts as v on f.verdict_code = v.verdict_code
),

named as (
    select * from after.catalogue.indicators
    union all by name
    select b.*
    from before.catalogue.indicators as b
    anti join after.catalogue.indicators as a on b.indicator_code = a.indicator_code
),

named_units as (
    select * from after.profile.units
    union all by name
    select b.*
    from before.profile.units as b
    anti join after.profile.units as a on b.unit_id = a.unit_id
)

select
    n.indicator_code,
    n.name_zh,
    n.unit_zh,
    n.decimals,
    coalesce(l.span_kind, e.span_kind) as span_kind,
    coalesce(l.span_month, e.span_month) as span_month,
    coalesce(d.month_from, coalesce(l.span_month, e.span_month)) as month_from,
    coalesce(l.unit_role, e.unit_role) as unit_role,
    coalesce(l.unit_id, e.unit_id) as unit_id,
    u.name_zh as place_zh,
    coalesce(l.category_code, e.category_code) as category_code,
    e.printed as before_value,
    e.state_zh as before_state_zh,
    e.verdict_zh as before_verdict_zh,
    e.status_zh as before_status_zh,
    l.printed as after_value,
    l.state_zh as after_state_zh,
    l.verdict_zh as after_verdict_zh,
    l.status_zh as after_status_zh,
    count(*) over () as moved_count
from later as l
full join earlier as e
    on
        l.indicator_code = e.indicator_code
        and l.span_kind = e.span_kind
        and l.span_month = e.span_month
        and l.unit_role = e.unit_role
        and l.unit_id = e.unit_id
        and l.category_code = e.category_code
inner join named as n on coalesce(l.indicator_code, e.indicator_code) = n.indicator_code
left join after.core.dim_span as d
    on
        coalesce(l.span_kind, e.span_kind) = d.span_kind
        and coalesce(l.span_month, e.span_month) = d.span_month
left join named_units as u on coalesce(l.unit_id, e.unit_id) = u.unit_id
where
    (l.printed, l.state, l.verdict_code, l.status_code)
    is distinct from (e.printed, e.state, e.verdict_code, e.status_code)
order by
    case when coalesce(l.unit_role, e.unit_role) = 'total' then 0 else 1 end asc,
    coalesce(l.span_month, e.span_month) desc,
    n.sort_no asc,
    coalesce(l.span_kind, e.span_kind) desc,
    u.sort_no asc,
    coalesce(l.category_code, e.category_code) asc
limit :most
