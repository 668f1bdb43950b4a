-- grain: one row per amount of the verdict, span and sector (行业) of the whole area, beside the same span last year
-- Columns are named as in marts.figure, the sector standing where a unit stands. An amount that a totals report states
-- has no sector, so a span that contains one is not compared by sector. The base rule is that of marts.comparison.
with sector as (
    select c.code as sector_code
    from catalogue.codes as c
    where c.code_list = 'sector_bulletin'

    union

    select a.sector_code
    from marts.sector_amount as a
),

whole as (
    select
        f.indicator_code,
        f.span_kind,
        f.span_month,
        f.state,
        f.expected_unit_count,
        f.reported_unit_count,
        f.is_open,
        f.is_provisional,
        s.prior_year_month,
        cast(i.minimum_base as integer) as minimum_base,
        f.prior_value is not null
        and f.from_report_count = 0
        and coalesce(p.from_report_count, 0) = 0 as is_comparable
    from marts.figure as f
    inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
    inner join core.dim_span as s on f.span_kind = s.span_kind and f.span_month = s.span_month
    left join marts.figure as p
        on
            f.indicator_code = p.indicator_code
            and f.span_kind = p.span_kind
            and s.prior_year_month = p.span_month
            and f.unit_role = p.unit_role
            and f.unit_id = p.unit_id
            and f.category_code = p.category_code
    where
        f.unit_role = 'total'
        and f.category_code = '*'
        and i.kind = 'base'
        and i.placement = 'verdict'
        and i.numerator_time = 'flow'
),

beside as (
    select
        w.*,
        s.sector_code,
        coalesce(a.amount, 0) as stated_amount,
        case when w.state <> 'not_reported' then coalesce(a.amount, 0) end as sector_amount,
        case when w.is_comparable then coalesce(b.amount, 0) end as prior_amount
    from whole as w
    cross join sector as s
    left join marts.sector_amount as a
        on
            w.indicator_code = a.indicator_code
            and w.span_kind = a.span_kind
            and w.span_month = a.span_month
            and s.sector_code = a.sector_code
    left join marts.sector_amount as b
        on
            w.indicator_code = b.indicator_code
            and w.span_kind = b.span_kind
            and w.prior_year_month = b.span_month
            and s.sector_code = b.sector_code
),

based as (
    select
        b.*,
        b.sector_amount - b.prior_amount as change_value,
        case
            when b.sector_amount is null or b.prior_amount is null then 'none'
            when b.prior_amount = 0 then 'zero'
            when b.prior_amount < b.minimum_base then 'small'
            else 'ok'
        end as base_state
    from beside as b
),

sector_value as (
    select
        b.indicator_code,
        b.span_kind,
        b.span_month,
        'sector' as unit_role,
        b.sector_code as unit_id,
        '*' as category_code,
        b.stated_amount as numerator,
        b.sector_amount as value,
        case
            when b.sector_amount is null then 'not_reported'
            when b.sector_amount = 0 then 'zero_reported'
            else 'value'
        end as state,
        b.prior_amount as prior_value,
        b.change_value,
        cast(sign(b.change_value) as integer) as change_sign,
        case
            when b.base_state = 'ok'
                then cast(
                    round(100 * b.change_value / nullif(b.prior_amount, 0), 1) as decimal(18, 1)
                )
        end as change_pct,
        b.base_state,
        'no_target' as status_code,
        b.expected_unit_count,
        b.reported_unit_count,
        b.is_open,
        b.is_provisional
    from based as b
)

select * from sector_value
