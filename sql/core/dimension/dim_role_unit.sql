-- grain: one row per role and unit a figure can be shown for: the whole area, a territory, a group of them, a department, an inspector
select
    'total' as unit_role,
    'total' as unit_id

union all

select
    'territory' as unit_role,
    u.unit_id
from core.dim_unit as u
where u.is_territory

union all

select
    'group' as unit_role,
    u.unit_id
from core.dim_unit as u
where u.kind = '分组'

union all

select
    'department' as unit_role,
    u.unit_id
from core.dim_unit as u
where u.is_department

union all

select
    'actor' as unit_role,
    u.unit_id
from core.dim_unit as u
where u.is_actor
