-- grain: one row, or none: major hazards one unit found in the span and how many went how far by its end
select
    s.found_count,
    s.rectified_count,
    s.accepted_count,
    s.closed_count,
    s.rectified_pct,
    s.accepted_pct,
    s.closed_pct
from marts.hazard_step as s
where
    s.span_kind = :span_kind
    and s.span_month = :span_month
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
