-- grain: one row per step open major hazards of one unit can stand at, in the order of the steps
select
    c.code as status_code,
    c.name_zh,
    coalesce(s.item_count, 0) as item_count,
    coalesce(s.overdue_count, 0) as overdue_count,
    s.median_days
from catalogue.codes as c
left join marts.hazard_state as s
    on
        c.code = s.status_code
        and s.month = :month
        and s.unit_id = :unit_id
        and s.unit_role = (
            select
                case
                    when u.unit_id = 'total' then 'total'
                    when u.is_territory then 'territory'
                    else 'department'
                end
            from core.dim_unit as u
            where u.unit_id = :unit_id
        )
where c.code_list = 'hazard_status' and c.code <> 'closed'
order by c.sort_no
