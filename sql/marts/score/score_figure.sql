-- grain: one row per version of a scheme, month, ranked unit and item: whether it counts, and from what
-- done_amount and of_amount: what completion is counted from, a rate from its parts, a count from itself.
-- 漏项 (marts.left_out) count against the unit where the scheme says so: in the denominator, as not done, as overdue.
with counted as (
    select
        r.*,
        r.handed_back_count + r.bare_count as left_out_count,
        case
            when r.value_form = 'ratio'
                then coalesce(r.denominator, 0) + r.handed_back_count + r.bare_count
            else r.denominator
        end as counted_denominator,
        case
            when r.value_form = 'count' then r.value + r.handed_back_count + r.bare_count
            when r.value_form = 'ratio'
                then cast(round(
                    r.scale * coalesce(r.numerator, 0) / nullif(
                        coalesce(r.denominator, 0) + r.handed_back_count + r.bare_count, 0
                    ), 1
                ) as decimal(18, 4))
            else r.value
        end as counted_value
    from marts.score_due as r
),

score_figure as (
    select
        c.scheme_code, c.version,
        c.item_code, c.item_zh,
        c.indicator_code, c.unit_role,
        c.mode, c.points,
        c.full_at, c.zero_at,
        c.unit_points, c.step1_at,
        c.step1_share, c.step2_at,
        c.step2_share, c.step3_at,
        c.step3_share, c.floor_points,
        c.minimum_denominator, c.veto_comparator,
        c.veto_value, c.span_month,
        c.unit_id, c.group_code,
        c.way, c.numerator,
        c.handed_back_count, c.bare_count,
        c.left_out_count, c.counted_denominator,
        c.counted_value, c.coverage_zh,
        case
            when c.is_missing and c.missing_report = 'zero' then 'zeroed'
            when c.is_missing then 'missing'
            when c.left_out_count > 0 and c.left_out = 'zero' then 'zeroed'
            when
                coalesce(c.figure_state, 'not_applicable') = 'not_applicable'
                and c.left_out_count = 0
                then 'none'
            when coalesce(c.counted_denominator, 0) < c.minimum_denominator then 'small'
            else 'counted'
        end as line_state,
        case
            when c.value_form = 'ratio'
                then cast(c.scale * coalesce(c.numerator, 0) as decimal(18, 4))
            else c.counted_value
        end as done_amount,
        case
            when c.value_form = 'ratio' then c.counted_denominator
            else cast(1 as decimal(18, 4))
        end as of_amount,
        case
            when c.is_missing then false
            when c.veto_comparator = '>=' then c.counted_value >= c.veto_value
            when c.veto_comparator = '>' then c.counted_value > c.veto_value
            when c.veto_comparator = '<=' then c.counted_value <= c.veto_value
            when c.veto_comparator = '<' then c.counted_value < c.veto_value
        end as is_veto
    from counted as c
)

select * from score_figure
