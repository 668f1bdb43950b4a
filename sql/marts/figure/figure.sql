-- grain: one row per indicator, span, unit and category: everything a card, a line or a table cell shows
-- With hazards of no stated level a target of none (清零) is not said to be met.
with newest_known as (
    select
        c.indicator_code,
        c.unit_role,
        c.unit_id,
        c.category_code,
        s.span_month,
        max(c.span_month) as known_month
    from marts.comparison as c
    inner join core.dim_span as s on s.span_kind = 'ytd' and c.span_month < s.span_month
    where c.span_kind = 'ytd' and c.state in ('value', 'zero_reported')
    group by c.indicator_code, c.unit_role, c.unit_id, c.category_code, s.span_month
),

figure as (
    select
        c.indicator_code,
        c.span_kind,
        c.span_month,
        c.unit_role,
        c.unit_id,
        c.category_code,
        c.numerator,
        c.denominator,
        c.value,
        c.state,
        c.verdict_code,
        c.prior_numerator, c.prior_denominator,
        c.prior_value,
        c.change_value,
        c.change_sign,
        c.change_pct,
        c.base_state,
        c.previous_value, c.previous_change,
        t.target_id, t.target_category_code,
        t.comparator,
        s.limit_value as target_value,
        t.is_soft,
        case
            when s.status_code = 'met' and s.limit_value = 0 and h.ungraded_count > 0
                then 'not_applicable'
            else s.status_code
        end as status_code,
        coalesce(h.ungraded_count, 0) as ungraded_count,
        s.progress_pct,
        s.time_pct,
        c.expected_unit_count,
        c.reported_unit_count,
        c.coverage_state,
        c.prior_coverage_state,
        n.coverage_zh,
        s.is_open,
        s.is_provisional,
        c.from_report_amount as from_report_count,
        g.gap as reported_difference,
        l.implied_limit_count,
        l.implied_basis_year,
        case
            when c.state = 'not_applicable' and k.known_month is not null then 'ytd'
        end as fallback_span_kind,
        case when c.state = 'not_applicable' then k.known_month end as fallback_span_month
    from marts.comparison as c
    inner join marts.figure_status as s
        on
            c.indicator_code = s.indicator_code
            and c.span_kind = s.span_kind
            and c.span_month = s.span_month
            and c.unit_role = s.unit_role
            and c.unit_id = s.unit_id
            and c.category_code = s.category_code
    left join marts.figure_target as t
        on
            c.indicator_code = t.indicator_code
            and c.span_kind = t.span_kind
            and c.span_month = t.span_month
            and c.unit_role = t.unit_role
            and c.unit_id = t.unit_id
            and c.category_code = t.category_code
    left join marts.coverage_note as n
        on
            c.indicator_code = n.indicator_code
            and c.span_kind = n.span_kind
            and c.span_month = n.span_month
            and c.unit_role = n.unit_role
            and c.unit_id = n.unit_id
    left join marts.reported_gap as g
        on
            c.indicator_code = g.indicator_code
            and c.span_kind = g.span_kind
            and c.span_month = g.span_month
            and c.unit_role = g.unit_role
            and c.unit_id = g.unit_id
            and c.category_code = '*'
    left join marts.ungraded_hazard as h
        on
            c.indicator_code = h.indicator_code
            and c.span_kind = h.span_kind
            and c.span_month = h.span_month
            and c.unit_role = h.unit_role
            and c.unit_id = h.unit_id
            and c.category_code = '*'
    left join newest_known as k
        on
            c.indicator_code = k.indicator_code
            and c.unit_role = k.unit_role
            and c.unit_id = k.unit_id
            and c.category_code = k.category_code
            and c.span_month = k.span_month
    left join marts.implied_ceiling as l
        on
            c.indicator_code = l.indicator_code
            and c.span_kind = 'ytd'
            and c.span_month = l.span_month
            and c.unit_role = 'total'
)

select * from figure
