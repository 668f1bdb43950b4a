-- grain: one row per version of a scheme, month, ranked unit and item: the share of the item's points reached, before weights
-- What is read is the printed figure of 1—N月. In completion, deduct and bonus the share is reached ÷ full, in whole
-- ten-thousandths rounded half up by integers, so that paper and machine agree.
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
    inner join marts.data_state as d on p.span_month <= d.opening_month
    inner join profile.units as u
        on
            strpos(';' || s.group_codes || ';', ';' || u.group_code || ';') > 0
            and p.span_month >= cast(coalesce(nullif(u.valid_from, ''), '2000-01') || '-01' as date)
            and p.span_month <= cast(coalesce(nullif(u.valid_to, ''), '2099-12') || '-01' as date)
),

measured as (
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
),

reached as (
    select
        m.*,
        case m.mode
            when 'completion' then greatest(m.way * (m.value - m.zero_at), 0)
            when 'deduct'
                then greatest(
                    m.points - m.unit_points * greatest(m.way * (m.full_at - m.value), 0),
                    m.floor_points
                )
            when 'bonus' then m.unit_points * greatest(m.way * (m.value - m.zero_at), 0)
        end as reached_amount,
        case
            when m.mode = 'completion' then m.way * (m.full_at - m.zero_at)
            else m.points
        end as full_amount
    from measured as m
),

whole as (
    select
        r.*,
        cast(round(least(r.reached_amount, r.full_amount) * 10000, 0) as bigint) as reached_parts,
        cast(round(r.full_amount * 10000, 0) as bigint) as full_parts
    from reached as r
),

score_share as (
    select
        w.scheme_code as scheme_code,
        w.version as version,
        w.span_month as span_month,
        w.group_code as group_code,
        w.unit_id as unit_id,
        w.item_code as item_code,
        w.indicator_code as indicator_code,
        w.unit_role as unit_role,
        w.mode as mode,
        w.numerator as numerator,
        w.denominator as denominator,
        w.value as value,
        w.line_state as line_state,
        case
            when w.line_state = 'zeroed' then cast(0 as decimal(18, 4))
            when w.line_state <> 'counted' then null
            when w.mode = 'steps' and w.way * w.value >= w.way * w.step1_at then w.step1_share
            when w.mode = 'steps' and w.way * w.value >= w.way * w.step2_at then w.step2_share
            when w.mode = 'steps' and w.way * w.value >= w.way * w.step3_at then w.step3_share
            when w.mode = 'steps' then cast(0 as decimal(18, 4))
            else cast(
                ((20000 * w.reached_parts + w.full_parts) // nullif(2 * w.full_parts, 0)) * 0.0001
                as decimal(18, 4)
            )
        end as share,
        coalesce(w.is_veto, false) as is_veto
    from whole as w
)

select * from score_share
