-- grain: one row per territory, in administrative order, with the name that fits a narrow column
select
    u.unit_id,
    u.short_name
from core.dim_unit as u
where u.is_territory
order by u.sort_no
