-- grain: one row per amount of the verdict, span and sector (行业) of the whole area, beside the same span last year
-- Columns are named as in marts.figure, the sector standing where a unit stands. An amount that a totals report states
-- has no sector, so a span that contains one is not compared by sector.
with amount_kind as (
    select i.indicator_code as indicator_code
    from catalogue.indicators as i
    where i.kind = 'base' and i.placement = 'verdict' and i.numerator_time = 'flow'
),

counted as (
    select
        m.indicator_code as indicator_code,
        m.sector_code as sector_code,
        m.month as month,
        m.amount as amount
    from marts.measure as m
    inner join amount_kind as k on m.indicator_code = k.indicator_code
    where m.part = 'n'
),

sector as (
    select c.code as sector_code
    from catalogue.codes as c
    where c.code_list = 'sector_bulletin'

    union

    select c.sector_code as sector_code
    from counted as c
),

amount as (
    select
        c.indicator_code as indicator_code,
        c.sector_code as sector_code,
        s.span_kind as span_kind,
        s.span_month as span_month,
        cast(sum(c.amount) as decimal(18, 4)) as amount
    from counted as c
    inner join core.dim_span as s on c.month between s.month_from and s.month_to
    group by c.indicator_code, c.sector_code, s.span_kind, s.span_month
),

whole as (
    select
        f.*,
        s.prior_year_month as prior_year_month,
        f.prior_value is not null
        and f.from_report_count = 0
        and coalesce(p.from_report_count, 0) = 0 as is_comparable
    from marts.figure as f
    inner join amount_kind as k on f.indicator_code = k.indicator_code
    inner join core.dim_span as s on f.span_kind = s.span_kind and f.span_month = s.span_month
    left join marts.figure as p
        on
            f.indicator_code = p.indicator_code
            and f.span_kind = p.span_kind
            and s.prior_year_month = p.span_month
            and f.unit_role = p.unit_role
            and f.unit_id = p.unit_id
            and f.category_code = p.category_code
    where f.unit_role = 'total' and f.category_code = '*'
),

beside as (
    select
        w.*,
        s.sector_code as sector_code,
        coalesce(a.amount, 0) as stated_amount,
        case when w.state <> 'not_reported' then coalesce(a.amount, 0) end as sector_amount,
        case when w.is_comparable then coalesce(b.amount, 0) end as prior_amount
    from whole as w
    cross join sector as s
    left join amount as a
        on
            w.indicator_code = a.indicator_code
            and w.span_kind = a.span_kind
            and w.span_month = a.span_month
            and s.sector_code = a.sector_code
    left join amount as b
        on
            w.indicator_code = b.indicator_code
            and w.span_kind = b.span_kind
            and w.prior_year_month = b.span_month
            and s.sector_code = b.sector_code
),

sector_value as (
    select
        b.indicator_code as indicator_code,
        b.span_kind as span_kind,
        b.span_month as span_month,
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
        b.sector_amount - b.prior_amount as change_value,
        cast(sign(b.sector_amount - b.prior_amount) as integer) as change_sign,
        case
            when b.sector_amount is null or b.prior_amount is null then 'none'
            when b.prior_amount = 0 then 'zero'
            else 'small'
        end as base_state,
        'no_target' as status_code,
        b.expected_unit_count as expected_unit_count,
        b.reported_unit_count as reported_unit_count,
        b.is_open as is_open,
        b.is_provisional as is_provisional
    from beside as b
)

select * from sector_value
