-- grain: one row per pair of rows a person has decided on, with whether the decision takes effect in this build
with standing as (
    select
        s.identity,
        cast(count(*) as integer) as row_count
    from core.fct_row_standing as s
    where s.state = 'current' and s.identity is not null
    group by s.identity
),

duplicate_decision as (
    select
        d.kept as kept_identity,
        d.dropped as dropped_identity,
        d.kept_identity as kept_now_identity,
        d.dropped_identity as dropped_now_identity,
        d.verdict,
        d.who,
        d.decided_at,
        d.why,
        coalesce(k.row_count, 0) = 1 and coalesce(p.row_count, 0) = 1 as is_applied
    from core.fct_decision as d
    left join standing as k on d.kept_identity = k.identity
    left join standing as p on d.dropped_identity = p.identity
)

select * from duplicate_decision
