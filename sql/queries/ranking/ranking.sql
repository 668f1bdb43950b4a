-- grain: one row per unit of a ranking, ranked ones first, administrative order inside a tie
with listed as (
    select
        s.*,
        u.name_zh as unit_zh,
        u.short_name as short_zh,
        u.kind as kind_zh,
        c.name_zh as state_zh,
        row_number() over (order by s.rank_no nulls last, s.sort_no, s.unit_id) as order_no,
        lag(s.score) over (order by s.rank_no nulls last, s.sort_no, s.unit_id) as score_before,
        cast(round(avg(s.score) over (), 2) as decimal(18, 2)) as average_score
    from marts.score as s
    inner join profile.units as u on s.unit_id = u.unit_id
    inner join catalogue.codes as c on c.code_list = 'score_state' and s.state = c.code
    where s.scheme_code = :scheme_code and s.list_code = :list_code and s.span_month = :month
)

select
    l.scheme_code,
    l.version,
    l.span_month,
    l.list_code,
    l.order_no,
    l.unit_id,
    l.unit_zh,
    l.short_zh,
    l.kind_zh,
    l.state,
    l.state_zh,
    l.rank_no,
    l.tied_count,
    l.ranked_count,
    l.score,
    case when l.rank_no is not null then l.score_before - l.score end as gap,
    l.average_score,
    l.full_points,
    l.counted_points,
    l.earned_points,
    l.bonus_points,
    l.tier_zh,
    l.mark,
    l.is_vetoed,
    l.previous_rank_no,
    l.movement,
    l.movement_state,
    l.sort_no
from listed as l
order by l.order_no
