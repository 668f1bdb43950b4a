-- grain: one row per figure, beside the same span last year and the span before
-- Zero and small bases get no percentage; a month nobody spoke for is unknown, not zero: no change over a span that has one.
with compared as (
    select
        o.*,
        s.last_date,
        s.month_from,
        s.month_count,
        i.value_form,
        cast(i.minimum_base as integer) as minimum_base,
        p.numerator as prior_numerator,
        p.denominator as prior_denominator,
        p.coverage_state as prior_coverage_state,
        case
            when
                p.state in ('value', 'zero_reported')
                and p.coverage_state in ('whole', 'incomplete')
                then p.value
        end as prior_value,
        case
            when
                b.state in ('value', 'zero_reported')
                and b.coverage_state in ('whole', 'incomplete')
                then b.value
        end as previous_value,
        case when o.state in ('value', 'zero_reported') then o.value end as known_value,
        o.coverage_state in ('whole', 'incomplete') as is_comparable
    from marts.outcome as o
    inner join catalogue.indicators as i on o.indicator_code = i.indicator_code
    inner join core.dim_span as s on o.span_kind = s.span_kind and o.span_month = s.span_month
    left join marts.outcome as p
        on
            o.indicator_code = p.indicator_code
            and o.span_kind = p.span_kind
            and s.prior_year_month = p.span_month
            and o.unit_role = p.unit_role
            and o.unit_id = p.unit_id
            and o.category_code = p.category_code
    left join marts.outcome as b
        on
            o.indicator_code = b.indicator_code
            and o.span_kind = b.span_kind
            and s.previous_month = b.span_month
            and o.unit_role = b.unit_role
            and o.unit_id = b.unit_id
            and o.category_code = b.category_code
),

based as (
    select
        c.*,
        case when c.is_comparable then c.known_value - c.prior_value end as change_value,
        case when c.is_comparable then c.known_value - c.previous_value end as previous_change,
        case
            when not c.is_comparable or c.known_value is null or c.prior_value is null then 'none'
            when c.prior_value = 0 then 'zero'
            when c.value_form = 'count' and c.prior_value < c.minimum_base then 'small'
            when
                c.value_form = 'ratio' and coalesce(c.prior_denominator, 0) < c.minimum_base
                then 'small'
            else 'ok'
        end as base_state
    from compared as c
),

comparison as (
    select
        b.indicator_code,
        b.span_kind,
        b.span_month,
        b.month_from,
        b.month_count,
        b.last_date,
        b.unit_role,
        b.unit_id,
        b.category_code,
        b.numerator,
        b.denominator,
        b.known_value as value,
        b.state,
        b.verdict_code,
        b.prior_numerator,
        b.prior_denominator,
        b.prior_value,
        b.change_value,
        cast(sign(b.change_value) as integer) as change_sign,
        case
            when b.base_state = 'ok' and b.value_form = 'count'
                then cast(
                    round(100 * b.change_value / nullif(b.prior_value, 0), 1) as decimal(18, 1)
                )
        end as change_pct,
        b.base_state,
        b.previous_value,
        b.previous_change,
        b.from_report_amount,
        b.coverage_state,
        b.prior_coverage_state,
        b.doubt_amount,
        b.expected_unit_count,
        b.reported_unit_count
    from based as b
)

select * from comparison
