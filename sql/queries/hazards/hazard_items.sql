-- grain: one row per open major hazard of one unit at the end of the month, longest overdue first, then nearest deadline
select
    s.row_id,
    s.territory_id,
    s.sector_code,
    s.status_code,
    w.name_zh as status_zh,
    t.name_zh as territory_zh,
    d.name_zh as department_zh,
    i.name_zh as sector_zh,
    f.subject_zh,
    f.detail_zh,
    f.leader_zh,
    f.event_date as found_date,
    s.due_date,
    s.is_overdue,
    s.overdue_days,
    s.is_due_soon,
    s.left_days,
    s.stay_days,
    f.file_name,
    f.sheet_name,
    f.row_number
from marts.hazard_stock as s
inner join core.fct_source_row as f on s.row_id = f.row_id
left join core.dim_unit as t on s.territory_id = t.unit_id
left join core.dim_unit as d on f.department_id = d.unit_id
left join catalogue.codes as i on i.code_list = 'sector_field' and s.sector_code = i.code
left join catalogue.codes as w on w.code_list = 'hazard_status' and s.status_code = w.code
where
    s.month = :month
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
order by s.overdue_days desc nulls last, s.left_days asc nulls last, s.due_date asc, s.row_id asc
