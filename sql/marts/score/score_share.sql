-- grain: one row per version of a scheme, month, ranked unit and item: the share of the item's points reached, before weights
-- What is read is the printed figure of 1—N月, but in completion of a rate its numerator and denominator. In completion,
-- deduct and bonus the share is reached ÷ full, in whole ten-thousandths rounded half up by integers, so that paper and
-- machine agree. What the unit's ledger leaves out is in all of them.
with reached as (
    select
        m.*,
        case m.mode
            when 'completion'
                then greatest(
                    m.way
                    * (m.done_amount - cast(m.zero_at * m.of_amount as decimal(18, 4))), 0
                )
            when 'deduct'
                then greatest(
                    m.points - m.unit_points * greatest(m.way * (m.full_at - m.counted_value), 0),
                    m.floor_points
                )
            when 'bonus' then m.unit_points * greatest(m.way * (m.counted_value - m.zero_at), 0)
        end as reached_amount,
        case
            when m.mode = 'completion'
                then cast(m.way * (m.full_at - m.zero_at) * m.of_amount as decimal(18, 4))
            else m.points
        end as full_amount
    from marts.score_figure as m
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
        w.scheme_code,
        w.version,
        w.span_month,
        w.group_code,
        w.unit_id,
        w.item_code,
        w.indicator_code,
        w.unit_role,
        w.mode,
        w.numerator,
        w.counted_denominator as denominator,
        w.counted_value as value,
        w.handed_back_count,
        w.bare_count,
        w.line_state,
        w.coverage_zh,
        case
            when w.line_state = 'zeroed' then cast(0 as decimal(18, 4))
            when w.line_state <> 'counted' then null
            when w.mode = 'steps' and w.way * w.counted_value >= w.way * w.step1_at
                then w.step1_share
            when w.mode = 'steps' and w.way * w.counted_value >= w.way * w.step2_at
                then w.step2_share
            when w.mode = 'steps' and w.way * w.counted_value >= w.way * w.step3_at
                then w.step3_share
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
