-- grain: one row per month up to the chosen one: stock of major hazards of one unit, found, closed
select
    f.month,
    f.opening_count,
    f.found_count,
    f.closed_count,
    f.closing_count
from marts.hazard_flow as f
where
    f.unit_id = :unit_id
    and f.unit_role = (
        select
            case
                when u.unit_id = 'total' then 'total'
                when u.is_territory then 'territory'
                else 'department'
            end
        from core.dim_unit as u
        where u.unit_id = :unit_id
    )
    and f.month <= :month
order by f.month
