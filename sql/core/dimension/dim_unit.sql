-- grain: one row per unit of the profile, with the whole area, 未归属 and the groups (分组)
select
    u.unit_id,
    u.name_zh,
    u.short_name,
    u.kind,
    u.role_territory = '1' as is_territory,
    u.role_department = '1' as is_department,
    u.role_actor = '1' as is_actor,
    u.group_code,
    cast(u.sort_no as integer) as sort_no,
    cast(nullif(u.tile_row, '') as integer) as tile_row,
    cast(nullif(u.tile_col, '') as integer) as tile_col
from profile.units as u

union all

select
    g.group_code as unit_id,
    g.name_zh,
    g.name_zh as short_name,
    '分组' as kind,
    false as is_territory,
    false as is_department,
    false as is_actor,
    '' as group_code,
    cast(g.sort_no as integer) as sort_no,
    cast(null as integer) as tile_row,
    cast(null as integer) as tile_col
from profile.groups as g
where g.unit_role = 'territory'
