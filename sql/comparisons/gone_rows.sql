-- grain: one row: how many rows in force in `before` are named by none in force in `after`
with standing as (
    select distinct s.identity
    from after.core.fct_row_state as s
    where s.state in ('current', 'merged')
),

remaining as (
    select s.row_id
    from after.core.fct_row_state as s
    where s.state in ('current', 'merged')
)

select cast(count(*) as integer) as row_count
from before.core.fct_row_state as b
left join standing as s on b.identity = s.identity
left join remaining as r on b.row_id = r.row_id
where b.state = 'current' and s.identity is null and r.row_id is null
