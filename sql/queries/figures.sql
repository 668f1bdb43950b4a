-- grain: one row per indicator for one unit and span, with its catalogue row, verdict, target and newest known value
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
),

known as (
    select
        f.indicator_code as indicator_code,
        f.span_kind as span_kind,
        f.span_month as span_month,
        f.unit_role as unit_role,
        f.value as value,
        row_number() over (
            partition by f.indicator_code
            order by f.span_month desc, strpos(i.unit_roles, f.unit_role)
        ) as preference
    from marts.figure as f
    inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
    where
        f.span_kind = 'ytd'
        and f.span_month <= :span_month
        and f.unit_id = :unit_id
        and f.category_code = '*'
        and f.state in ('value', 'zero_reported')
),

figures as (
    select
        i.indicator_code as indicator_code,
        i.name_zh as name_zh,
        i.kind as kind,
        i.value_form as value_form,
        i.unit_zh as unit_zh,
        i.decimals as decimals,
        i.direction as direction,
        i.numerator_time as numerator_time,
        i.denominator_time as denominator_time,
        i.scope as scope,
        i.caveat_zh as caveat_zh,
        i.placement as placement,
        strpos(i.span_kinds, :span_kind) > 0 as is_span_kept,
        case when i.domain_code = 'incident' then '未发生' else '0' end as zero_zh,
        :span_kind as span_kind,
        cast(:span_month as date) as span_month,
        :unit_id as unit_id,
        o.indicator_code is not null as has_figure,
        coalesce(o.unit_role, 'total') as unit_role,
        coalesce(o.category_code, '*') as category_code,
        o.numerator as numerator,
        o.denominator as denominator,
        o.value as value,
        coalesce(o.state, 'not_applicable') as state,
        o.prior_numerator as prior_numerator,
        o.prior_denominator as prior_denominator,
        o.prior_value as prior_value,
        o.change_value as change_value,
        o.change_pct as change_pct,
        o.change_sign as change_sign,
        o.base_state as base_state,
        o.previous_value as previous_value,
        o.previous_change as previous_change,
        v.phrase_zh as phrase_zh,
        v.tone as tone,
        v.is_zero_kept = '1' as is_zero_kept,
        o.comparator as comparator,
        o.target_value as target_value,
        o.is_soft as is_soft,
        coalesce(o.status_code, 'not_applicable') as status_code,
        o.progress_pct as progress_pct,
        o.time_pct as time_pct,
        o.expected_unit_count as expected_unit_count,
        o.reported_unit_count as reported_unit_count,
        o.is_open as is_open,
        o.is_provisional as is_provisional,
        o.from_report_count as from_report_count,
        o.reported_difference as reported_difference,
        o.ungraded_count as ungraded_count,
        o.implied_limit_count as implied_limit_count,
        o.implied_basis_year as implied_basis_year,
        k.span_kind as known_span_kind,
        k.span_month as known_span_month,
        k.unit_role as known_unit_role,
        k.value as known_value
    from catalogue.indicators as i
    left join own as o on i.indicator_code = o.indicator_code and o.preference = 1
    left join known as k on i.indicator_code = k.indicator_code and k.preference = 1
    left join catalogue.verdicts as v on o.verdict_code = v.verdict_code
)

select * from figures
order by
    (
        select i.sort_no
        from catalogue.indicators as i
        where i.indicator_code = figures.indicator_code
    )
