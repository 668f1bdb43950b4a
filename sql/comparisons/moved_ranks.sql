-- grain: one row per unit of a ranking whose rank, points or state read otherwise in `after`, newest first
with earlier as (
    select
        s.scheme_code,
        s.list_code,
        s.span_month,
        s.unit_id,
        s.rank_no,
        s.score,
        s.state,
        c.name_zh as state_zh
    from before.marts.score as s
    left join before.catalogue.codes as c on c.code_list = 'score_state' and s.state = c.code
),

later as (
    select
        s.scheme_code,
        s.list_code,
        s.span_month,
        s.unit_id,
        s.rank_no,
        s.score,
        s.state,
        c.name_zh as state_zh
    from after.marts.score as s
    left join after.catalogue.codes as c on c.code_list = 'score_state' and s.state = c.code
)

select
    coalesce(l.scheme_code, e.scheme_code) as scheme_code,
    coalesce(l.list_code, e.list_code) as list_code,
    coalesce(l.span_month, e.span_month) as span_month,
    coalesce(l.unit_id, e.unit_id) as unit_id,
    coalesce(a.name_zh, b.name_zh) as place_zh,
    e.rank_no as before_rank,
    e.score as before_score,
    e.state_zh as before_state_zh,
    l.rank_no as after_rank,
    l.score as after_score,
    l.state_zh as after_state_zh,
    count(*) over () as moved_count
from later as l
full join earlier as e
    on
        l.scheme_code = e.scheme_code
        and l.list_code = e.list_code
        and l.span_month = e.span_month
        and l.unit_id = e.unit_id
left join after.profile.units as a on coalesce(l.unit_id, e.unit_id) = a.unit_id
left join before.profile.units as b on coalesce(l.unit_id, e.unit_id) = b.unit_id
where (l.rank_no, l.score, l.state) is distinct from (e.rank_no, e.score, e.state)
order by
    coalesce(l.span_month, e.span_month) desc,
    coalesce(l.scheme_code, e.scheme_code) asc,
    coalesce(l.list_code, e.list_code) asc,
    l.rank_no asc nulls last,
    coalesce(l.unit_id, e.unit_id) asc
limit :most
