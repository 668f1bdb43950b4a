-- grain: one row per check and unit with a finding in the span of months: how many of how many looked at
select
    c.check_code,
    c.name_zh,
    c.scope,
    c.unit_id,
    cast(sum(c.checked_count) as bigint) as checked_count,
    cast(sum(c.failed_count) as bigint) as failed_count
from marts.check_unit_month as c
where c.month between :month_from and :month_to
group by c.check_code, c.name_zh, c.scope, c.unit_id
having sum(c.failed_count) > 0
order by c.check_code, c.unit_id
