-- grain: one row per finding in the span of months, of one unit or check where asked: where it is and what is wrong
select
    f.check_code,
    k.name_zh as check_zh,
    s.name_zh as scope_zh,
    f.scope,
    f.unit_id,
    u.name_zh as unit_zh,
    f.month,
    f.detail_zh,
    f.file_name,
    f.sheet_name,
    f.row_number
from marts.check_finding as f
inner join catalogue.checks as k on f.check_code = k.check_code
inner join catalogue.check_scopes as s on f.scope = s.scope
left join core.dim_unit as u on f.unit_id = u.unit_id
where
    f.month between :month_from and :month_to
    and (:unit_id in ('total', f.unit_id, f.territory_id))
    and (:check_code in ('*', f.check_code))
order by
    case f.scope when 'warehouse' then 1 when 'submission' then 2 else 3 end asc,
    f.month desc, f.check_code asc, u.sort_no asc, f.file_name asc, f.sheet_name asc,
    f.row_number asc, f.detail_zh asc
