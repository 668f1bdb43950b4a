-- grain: one row per month, territory and sector (行业) with open major hazards, the ones overdue among them
select
    s.month,
    s.unit_id as territory_id,
    s.sector_code,
    cast(count(*) as integer) as item_count,
    cast(count(case when s.is_overdue then 1 end) as integer) as overdue_count
from marts.hazard_stock as s
where s.unit_role = 'territory'
group by s.month, s.unit_id, s.sector_code
