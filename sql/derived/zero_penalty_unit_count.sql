-- grain: one row per span, figure and inspecting unit: did it inspect at least the minimum and punish nobody
-- 东安发〔2024〕6号 二(七)20 names neither window nor minimum: the window is the span shown, the minimum a catalogue cell.
with activity as (
    select
        i.span_kind,
        i.span_month,
        i.unit_id as member_id,
        i.value as inspection_count,
        p.value as penalty_count,
        cast(z.minimum_base as integer) as minimum_base
    from marts.value as i
    inner join marts.value as p
        on
            p.indicator_code = 'penalty_count'
            and i.span_kind = p.span_kind
            and i.span_month = p.span_month
            and i.unit_role = p.unit_role
            and i.unit_id = p.unit_id
    inner join catalogue.indicators as z on z.indicator_code = 'zero_penalty_unit_count'
    where i.indicator_code = 'inspection_count' and i.unit_role = 'actor' and i.value > 0
),

judged as (
    select
        a.*,
        case
            when a.inspection_count >= a.minimum_base and a.penalty_count = 0 then 1
            else 0
        end as is_zero_penalty
    from activity as a
),

zero_penalty_unit_count as (
    select
        'zero_penalty_unit_count' as indicator_code,
        j.span_kind,
        j.span_month,
        'total' as unit_role,
        'total' as unit_id,
        j.member_id,
        cast(j.is_zero_penalty as decimal(18, 4)) as n_amount,
        cast(1 as decimal(18, 4)) as d_amount,
        cast(null as varchar) as verdict_code
    from judged as j

    union all

    select
        'zero_penalty_unit_count' as indicator_code,
        j.span_kind,
        j.span_month,
        'actor' as unit_role,
        j.member_id as unit_id,
        j.member_id,
        cast(j.is_zero_penalty as decimal(18, 4)) as n_amount,
        cast(1 as decimal(18, 4)) as d_amount,
        cast(null as varchar) as verdict_code
    from judged as j
)

select * from zero_penalty_unit_count
