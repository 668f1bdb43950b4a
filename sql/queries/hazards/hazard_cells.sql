-- grain: one row per territory and sector: open major hazards at the end of the month and the overdue ones among them
select
    u.unit_id,
    u.name_zh as unit_name_zh,
    u.short_name,
    c.code as sector_code,
    c.name_zh as sector_zh,
    coalesce(h.item_count, 0) as item_count,
    coalesce(h.overdue_count, 0) as overdue_count
from core.dim_unit as u
cross join catalogue.codes as c
left join marts.hazard_cell as h
    on u.unit_id = h.territory_id and c.code = h.sector_code and h.month = :month
where u.is_territory and c.code_list = 'sector_field'
order by c.sort_no, u.sort_no
