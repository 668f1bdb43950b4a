-- grain: one row per version of a scheme, month, list and unit: score, rank, tier, movement against the month before
-- Ranks move only within one version of a scheme and one year: 1月 is not compared with 1—12月 of the year before.
-- The first and last few are marked: three, two in a list below ten, none below four.
with months as (
    select distinct
        r.scheme_code,
        r.version,
        r.list_code,
        r.span_month
    from marts.score_rank as r
),

moved as (
    select
        r.*,
        case
            when r.ranked_count < 4 then 0
            when r.ranked_count < 10 then least(r.mark_count, 2)
            else r.mark_count
        end as mark_limit,
        b.rank_no as previous_rank_no,
        b.rank_no - r.rank_no as movement,
        case
            when r.rank_no is null then null
            when m.span_month is null then 'no_base'
            when b.unit_id is null then 'new'
            when b.rank_no is null then 'unranked_before'
            else 'moved'
        end as movement_state
    from marts.score_rank as r
    left join core.dim_span as p
        on
            p.span_kind = 'ytd'
            and r.span_month = p.span_month
            and extract(year from p.previous_month) = extract(year from p.span_month)
    left join months as m
        on
            r.scheme_code = m.scheme_code
            and r.version = m.version
            and r.list_code = m.list_code
            and p.previous_month = m.span_month
    left join marts.score_rank as b
        on
            r.scheme_code = b.scheme_code
            and r.version = b.version
            and r.list_code = b.list_code
            and p.previous_month = b.span_month
            and r.unit_id = b.unit_id
),

score as (
    select
        m.scheme_code,
        m.version,
        m.span_month,
        m.list_code,
        m.unit_id,
        m.state,
        m.full_points,
        m.counted_points,
        m.earned_points,
        m.bonus_points,
        m.score,
        m.rank_no,
        m.tied_count,
        m.ranked_count,
        m.is_vetoed,
        m.previous_rank_no,
        m.movement,
        m.movement_state,
        case
            when m.rank_no <= m.mark_limit and not m.is_vetoed then 'red'
            when m.rank_no > 1 and m.ranked_count - m.rank_no - m.tied_count + 1 < m.mark_limit
                then 'black'
        end as mark,
        case
            when m.rank_no is null then null
            when m.is_vetoed then s.veto_tier_zh
            when m.score >= s.tier1_from then s.tier1_zh
            when m.score >= s.tier2_from then s.tier2_zh
            when m.score >= s.tier3_from then s.tier3_zh
            else s.tier4_zh
        end as tier_zh,
        m.sort_no
    from moved as m
    inner join marts.scheme as s on m.scheme_code = s.scheme_code and m.version = s.version
)

select * from score
