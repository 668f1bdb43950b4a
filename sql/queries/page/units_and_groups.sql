-- grain: one row per unit or group of towns a scorecard can be of: the whole area, the groups, then the units
select
    u.unit_id,
    u.name_zh,
    u.kind,
    u.is_territory
from core.dim_unit as u
order by
    case u.kind when '合计' then 1 when '分组' then 2 else 3 end asc, u.sort_no asc, u.unit_id asc
