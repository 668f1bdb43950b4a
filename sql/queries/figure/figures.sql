-- grain: one row per indicator for one unit and span, in the role its card speaks in; what a town does itself once more, apart
-- Towns speak of their territory, departments of what they are in charge of and of their own inspections (unit_roles).
with spoken as (
    select
        i.indicator_code,
        r.unit_role,
        r.unit_role = 'actor' and u.is_territory as is_apart
    from core.dim_unit as u
    cross join (
        values ('total', ''), ('group', 'territory'), ('territory', 'territory'),
        ('department', 'department'), ('actor', 'actor')
    ) as r (unit_role, asked_role)
    inner join catalogue.indicators as i on contains(i.unit_roles, r.asked_role)
    where
        u.unit_id = :unit_id
        and case r.unit_role
            when 'total' then u.kind = '合计'
            when 'group' then u.kind = '分组'
            when 'territory' then u.is_territory
            when 'department' then u.is_department
            else u.is_actor
        end
    qualify
        is_apart
        or row_number() over (
            partition by i.indicator_code order by strpos(i.unit_roles, r.asked_role)
        ) = 1
),

known as (
    select
        f.indicator_code,
        f.unit_role,
        max(f.span_month) as span_month,
        arg_max(f.value, f.span_month) as value
    from marts.figure as f
    where
        f.span_kind = 'ytd'
        and f.span_month <= :span_month
        and f.unit_id = :unit_id
        and f.category_code = '*'
        and f.state in ('value', 'zero_reported')
    group by f.indicator_code, f.unit_role
)

select
    i.indicator_code,
    i.name_zh,
    i.kind,
    i.value_form,
    i.unit_zh,
    i.decimals,
    i.direction,
    i.numerator_time,
    i.denominator_time,
    i.scope,
    i.caveat_zh,
    i.placement,
    strpos(i.span_kinds, :span_kind) > 0 as is_span_kept,
    case when i.domain_code = 'incident' then '未发生' else '0' end as zero_zh,
    :span_kind as span_kind,
    cast(:span_month as date) as span_month,
    :unit_id as unit_id,
    o.indicator_code is not null as has_figure,
    coalesce(r.unit_role, 'none') as unit_role,
    case when r.unit_role <> 'total' then w.name_zh end as role_zh,
    coalesce(r.is_apart, false) as is_apart,
    coalesce(o.category_code, '*') as category_code,
    o.numerator,
    o.denominator,
    o.value,
    coalesce(o.state, 'not_applicable') as state,
    o.prior_numerator, o.prior_denominator,
    o.prior_value, o.change_value,
    o.change_pct, o.change_sign,
    o.base_state,
    o.previous_value, o.previous_change,
    v.phrase_zh,
    v.tone,
    v.is_zero_kept = '1' as is_zero_kept,
    o.comparator,
    o.target_value,
    o.is_soft,
    coalesce(o.status_code, 'not_applicable') as status_code,
    o.progress_pct,
    o.time_pct,
    o.expected_unit_count, o.reported_unit_count,
    o.is_open, o.is_provisional,
    o.from_report_count,
    o.reported_difference,
    o.ungraded_count,
    o.coverage_state,
    o.prior_coverage_state,
    o.coverage_zh,
    b.coverage_zh as prior_coverage_zh,
    o.implied_limit_count,
    o.implied_basis_year,
    case when k.span_month is not null then 'ytd' end as known_span_kind,
    k.span_month as known_span_month,
    k.unit_role as known_unit_role,
    k.value as known_value
from catalogue.indicators as i
left join spoken as r on i.indicator_code = r.indicator_code
left join catalogue.codes as w on w.code_list = 'unit_role' and r.unit_role = w.code
left join marts.figure as o
    on
        i.indicator_code = o.indicator_code
        and o.span_kind = :span_kind
        and o.span_month = :span_month
        and r.unit_role = o.unit_role
        and o.unit_id = :unit_id
        and o.category_code = '*'
left join marts.coverage_note as b
    on
        o.indicator_code = b.indicator_code and o.unit_role = b.unit_role
        and b.span_kind = :span_kind and b.unit_id = :unit_id
        and b.span_month = cast(:span_month as date) - interval 12 month
left join known as k on i.indicator_code = k.indicator_code and r.unit_role = k.unit_role
left join catalogue.verdicts as v on o.verdict_code = v.verdict_code
order by i.sort_no, is_apart
