-- grain: one row per version of a scheme, month, ranked unit and item: the figure of 1—N月 it reads, and whether it counts
-- done_amount and of_amount: what completion is counted from, a rate from its parts, a count from itself.
with due as (
    select
        i.*,
        s.missing_report as missing_report,
        p.span_month as span_month,
        u.unit_id as unit_id,
        u.group_code as group_code
    from marts.scheme as s
    inner join marts.scheme_item as i on s.scheme_code = i.scheme_code and s.version = i.version
    inner join core.dim_span as p
        on p.span_kind = 'ytd' and p.span_month between s.month_from and s.month_to
    inner join marts.data_state as d on p.last_date <= d.data_as_of_date
    inner join profile.units as u
        on
            strpos(';' || s.group_codes || ';', ';' || u.group_code || ';') > 0
            and p.span_month >= cast(coalesce(nullif(u.valid_from, ''), '2000-01') || '-01' as date)
            and p.span_month <= cast(coalesce(nullif(u.valid_to, ''), '2099-12') || '-01' as date)
),

score_figure as (
    select
        d.*,
        f.numerator as numerator,
        f.denominator as denominator,
        f.value as value,
        case
            when f.state = 'not_reported' and d.missing_report = 'zero' then 'zeroed'
            when f.state = 'not_reported' then 'missing'
            when coalesce(f.state, 'not_applicable') = 'not_applicable' then 'none'
            when coalesce(f.denominator, 0) < d.minimum_denominator then 'small'
            else 'counted'
        end as line_state,
        case when i.direction = 'down' then -1 else 1 end as way,
        case
            when i.value_form = 'ratio'
                then cast(cast(i.scale as decimal(18, 4)) * f.numerator as decimal(18, 4))
            else f.value
        end as done_amount,
        case
            when i.value_form = 'ratio' then f.denominator
            else cast(1 as decimal(18, 4))
        end as of_amount,
        case d.veto_comparator
            when '>=' then f.value >= d.veto_value
            when '>' then f.value > d.veto_value
            when '<=' then f.value <= d.veto_value
            when '<' then f.value < d.veto_value
        end as is_veto
    from due as d
    inner join catalogue.indicators as i on d.indicator_code = i.indicator_code
    left join marts.figure as f
        on
            d.indicator_code = f.indicator_code
            and f.span_kind = 'ytd'
            and d.span_month = f.span_month
            and d.unit_role = f.unit_role
            and d.unit_id = f.unit_id
            and f.category_code = '*'
)

select * from score_figure
