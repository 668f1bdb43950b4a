-- grain: one row per version of a scheme, month, list and unit: score and rank
-- A list is all groups of a scheme together ('*') or one of them. Equal printed scores share a rank: 1, 2, 2, 4.
with listed as (
    select
        t.*,
        s.mark_count,
        '*' as list_code
    from marts.score_total as t
    inner join marts.scheme as s on t.scheme_code = s.scheme_code and t.version = s.version

    union all

    select
        t.*,
        s.mark_count,
        t.group_code as list_code
    from marts.score_total as t
    inner join marts.scheme as s on t.scheme_code = s.scheme_code and t.version = s.version
    where strpos(s.group_codes, ';') > 0
),

score_rank as (
    select
        l.scheme_code,
        l.version,
        l.span_month,
        l.list_code,
        l.unit_id,
        l.state,
        l.full_points,
        l.counted_points,
        l.earned_points,
        l.bonus_points,
        l.score,
        l.is_vetoed,
        l.mark_count,
        cast(u.sort_no as integer) as sort_no,
        case
            when l.state = 'ranked'
                then cast(rank() over (
                    partition by l.scheme_code, l.version, l.span_month, l.list_code
                    order by l.score desc nulls last
                ) as integer)
        end as rank_no,
        cast(count(l.score) over (
            partition by l.scheme_code, l.version, l.span_month, l.list_code
        ) as integer) as ranked_count,
        cast(count(*) over (
            partition by l.scheme_code, l.version, l.span_month, l.list_code, l.state, l.score
        ) as integer) as tied_count
    from listed as l
    inner join profile.units as u on l.unit_id = u.unit_id
)

select * from score_rank
