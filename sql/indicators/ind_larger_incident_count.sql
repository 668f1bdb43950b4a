-- grain: one row per counted liability incident of grade 较大 or above (滕安发〔2024〕6号 一)
select
    'larger_incident_count' as indicator_code,
    'n' as part,
    i.stat_month as month,
    cast(null as date) as done_month,
    i.territory_id,
    i.department_id,
    i.reporter_id as actor_id,
    i.sector_code,
    'none' as category_code,
    i.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_incident' as source_table,
    i.row_id
from core.fct_incident as i
where i.is_counted and i.is_liability and i.grade_rank >= 2
