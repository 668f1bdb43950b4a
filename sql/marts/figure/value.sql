-- grain: one row per base indicator, span, unit and category: numerator, denominator, printed value, state
-- Division happens here and nowhere else; the value is rounded to the digits that are printed.
-- 零报告 is said only where all is known: no month or unit missing, no case without a place, no row handed back.
with parted as (
    select
        g.indicator_code,
        g.span_kind,
        g.span_month,
        g.unit_role,
        g.unit_id,
        g.category_code,
        i.value_form,
        cast(i.decimals as integer) as decimals,
        cast(i.scale as decimal(18, 4)) as scale,
        coalesce(n.amount, 0) as numerator,
        d.amount as denominator,
        coalesce(n.reported_amount, 0) as from_report_amount,
        r.coverage_state,
        r.unplaced_amount,
        r.returned_row_count,
        r.doubt_amount,
        r.expected_unit_count,
        r.reported_unit_count
    from marts.value_grid as g
    inner join catalogue.indicators as i on g.indicator_code = i.indicator_code
    left join marts.span_amount as n
        on
            g.indicator_code = n.indicator_code
            and n.part = 'n'
            and g.span_kind = n.span_kind
            and g.span_month = n.span_month
            and g.unit_role = n.unit_role
            and g.unit_id = n.unit_id
            and g.category_code = n.category_code
    left join marts.span_amount as d
        on
            g.indicator_code = d.indicator_code
            and d.part = 'd'
            and g.span_kind = d.span_kind
            and g.span_month = d.span_month
            and g.unit_role = d.unit_role
            and g.unit_id = d.unit_id
            and g.category_code = d.category_code
    inner join marts.figure_coverage as r
        on
            g.indicator_code = r.indicator_code
            and g.span_kind = r.span_kind
            and g.span_month = r.span_month
            and g.unit_role = r.unit_role
            and g.unit_id = r.unit_id
),

divided as (
    select
        p.*,
        case
            when p.value_form = 'ratio'
                then cast(
                    p.scale * p.numerator / nullif(p.denominator, 0) as decimal(18, 8)
                )
            else cast(p.numerator as decimal(18, 8))
        end as exact_value
    from parted as p
),

value as (
    select
        d.indicator_code,
        d.span_kind,
        d.span_month,
        d.unit_role,
        d.unit_id,
        d.category_code,
        d.numerator,
        d.denominator,
        cast(
            case d.decimals
                when 0 then round(d.exact_value, 0)
                when 1 then round(d.exact_value, 1)
                when 2 then round(d.exact_value, 2)
                when 3 then round(d.exact_value, 3)
                else round(d.exact_value, 4)
            end as decimal(18, 4)
        ) as value,
        case
            when d.coverage_state = 'none' then 'not_reported'
            when d.value_form = 'ratio' and coalesce(d.denominator, 0) = 0 then 'not_applicable'
            when
                d.numerator = 0
                and d.coverage_state = 'whole'
                and d.unplaced_amount = 0
                and d.returned_row_count = 0
                then 'zero_reported'
            else 'value'
        end as state,
        cast(null as varchar) as verdict_code,
        d.from_report_amount,
        d.coverage_state,
        d.doubt_amount,
        d.expected_unit_count,
        d.reported_unit_count
    from divided as d
)

select * from value
