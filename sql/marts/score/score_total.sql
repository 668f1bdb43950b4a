-- grain: one row per version of a scheme, month and ranked unit: its score, and whether it takes part
-- Items that do not count are left out and the rest is scaled to 100, in whole hundredths rounded half up by integers.
with split as (
    select
        i.*,
        case when not i.is_bonus then i.points else 0 end as base_points,
        case when not i.is_bonus and i.is_counted then i.points end as base_counted,
        case when not i.is_bonus and i.is_counted then i.earned_points end as base_earned,
        case when i.is_bonus and i.is_counted then i.earned_points end as bonus_earned
    from marts.score_item as i
),

summed as (
    select
        i.scheme_code,
        i.version,
        i.span_month,
        i.group_code,
        i.unit_id,
        cast(sum(i.base_points) as decimal(18, 2)) as full_points,
        cast(coalesce(sum(i.base_counted), 0) as decimal(18, 2)) as counted_points,
        cast(coalesce(sum(i.base_earned), 0) as decimal(18, 2)) as earned_points,
        cast(coalesce(sum(i.bonus_earned), 0) as decimal(18, 2)) as bonus_points,
        count(
            case when i.line_state = 'missing' and i.base_points > 0 then 1 end
        ) as missing_count,
        count(case when i.is_veto then 1 end) > 0 as is_vetoed
    from split as i
    group by i.scheme_code, i.version, i.span_month, i.group_code, i.unit_id
),

judged as (
    select
        s.*,
        case
            when s.missing_count > 0 then 'not_reported'
            when s.counted_points > 0 and 100 * s.counted_points >= c.minimum_points * s.full_points
                then 'ranked'
            else 'below_base'
        end as state,
        cast(round(s.earned_points * 100, 0) as bigint) as earned_parts,
        cast(round(s.counted_points * 100, 0) as bigint) as counted_parts
    from summed as s
    inner join marts.scheme as c on s.scheme_code = c.scheme_code and s.version = c.version
),

score_total as (
    select
        j.scheme_code,
        j.version,
        j.span_month,
        j.group_code,
        j.unit_id,
        j.state,
        j.full_points,
        j.counted_points,
        j.earned_points,
        j.bonus_points,
        j.is_vetoed,
        case
            when j.state = 'ranked'
                then j.bonus_points + cast(
                    0.01 * (
                        (20000 * j.earned_parts + j.counted_parts) // nullif(2 * j.counted_parts, 0)
                    ) as decimal(18, 2)
                )
        end as score
    from judged as j
)

select * from score_total
