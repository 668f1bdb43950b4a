-- grain: one row per major hazard whose deadline has passed, from the day after it until done
select
    'major_hazard_overdue_count' as indicator_code,
    'n' as part,
    cast(date_trunc('month', h.effective_due_date + interval 1 day) as date) as month,
    cast(date_trunc('month', h.done_date) as date) as done_month,
    h.territory_id,
    h.department_id,
    h.reporter_id as actor_id,
    h.sector_code,
    'none' as category_code,
    h.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_hazard' as source_table,
    h.row_id
from core.fct_hazard as h
where h.hazard_grade_code = 'major' and h.effective_due_date < h.data_date
