-- grain: one row per unit a page can be filtered to, the whole area first, then administrative order
select
    u.unit_id,
    u.name_zh,
    u.kind,
    u.is_territory
from core.dim_unit as u
where u.kind <> '分组'
order by u.sort_no, u.unit_id
