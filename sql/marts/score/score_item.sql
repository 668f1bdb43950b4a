-- grain: one row per version of a scheme, month, ranked unit and item: points earned and lost under the weights
with weighted as (
    select
        l.*,
        w.points,
        l.line_state in ('counted', 'zeroed') and l.mode <> 'veto' as is_counted,
        l.mode = 'bonus' as is_bonus,
        cast(round(w.points * l.share, 2) as decimal(18, 2)) as earned_points
    from marts.score_line as l
    inner join marts.score_weight as w
        on l.scheme_code = w.scheme_code and l.version = w.version and l.item_code = w.item_code
),

lost as (
    select
        w.*,
        case when w.is_counted and not w.is_bonus then w.points - w.earned_points end as lost_points
    from weighted as w
),

score_item as (
    select
        l.scheme_code,
        l.version,
        l.span_month,
        l.group_code,
        l.unit_id,
        l.item_code,
        l.item_zh,
        l.indicator_code,
        l.unit_role,
        l.mode,
        l.numerator,
        l.denominator,
        l.value,
        l.line_state,
        l.share,
        l.is_veto,
        l.points,
        l.is_counted,
        l.is_bonus,
        l.earned_points,
        l.lost_points,
        coalesce(l.lost_points, 0) > 0 and row_number() over (
            partition by l.scheme_code, l.version, l.span_month, l.unit_id
            order by l.lost_points desc nulls last, l.sort_no asc nulls last
        ) = 1 as is_largest_loss,
        l.reason_zh,
        l.sort_no
    from lost as l
)

select * from score_item
