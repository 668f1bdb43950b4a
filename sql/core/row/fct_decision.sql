-- grain: one row per decision on a doubted pair that stands, with the identity its two rows have today
-- A decision written while a case was known by its name finds it under the number it carries now.
with named as (
    select
        s.name_identity,
        min(s.identity) as identity
    from core.fct_row_standing as s
    where s.state = 'current' and s.name_identity is not null
    group by s.name_identity
    having min(s.identity) = max(s.identity)
),

fct_decision as (
    select
        d.kept,
        d.dropped,
        coalesce(k.identity, d.kept) as kept_identity,
        coalesce(n.identity, d.dropped) as dropped_identity,
        d.verdict,
        d.who,
        d.decided_at,
        d.why
    from lake.duplicate_decision as d
    left join named as k on d.kept = k.name_identity
    left join named as n on d.dropped = n.name_identity
)

select * from fct_decision
