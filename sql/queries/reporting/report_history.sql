-- grain: one row per unit and month of the twelve up to the chosen one: how many ledgers were due, missing, late
select
    r.unit_id,
    u.name_zh as unit_zh,
    m.month,
    cast(count(case when r.state <> 'not_due' then 1 end) as integer) as due_count,
    cast(
        count(case when r.state in ('missing', 'returned', 'partial') then 1 end) as integer
    ) as missing_count,
    cast(count(case when r.state = 'late' then 1 end) as integer) as late_count,
    cast(count(case when r.state = 'held' then 1 end) as integer) as held_count,
    cast(count(case when r.is_lateness_known then 1 end) as integer) as timed_count
from core.dim_month as m
inner join marts.report_state as r on m.month = r.month
inner join core.dim_unit as u on r.unit_id = u.unit_id
where m.month between :month - interval 11 month and :month
group by r.unit_id, u.name_zh, u.sort_no, m.month
order by u.sort_no, r.unit_id, m.month
