-- grain: one row per reporting or ranked unit of the profile, the whole area and 未归属 included
select
    u.unit_id as unit_id,
    u.name_zh as name_zh,
    u.short_name as short_name,
    u.kind as kind,
    u.role_territory = '1' as is_territory,
    u.role_department = '1' as is_department,
    u.role_actor = '1' as is_actor,
    u.group_code as group_code,
    cast(u.sort_no as integer) as sort_no,
    cast(nullif(u.tile_row, '') as integer) as tile_row,
    cast(nullif(u.tile_col, '') as integer) as tile_col
from profile.units as u
