-- grain: one row per inspection (执法检查家次)
select
    'inspection_count' as indicator_code,
    'n' as part,
    cast(date_trunc('month', e.inspected_date) as date) as month,
    cast(null as date) as done_month,
    e.territory_id,
    e.department_id,
    e.actor_id,
    e.sector_code,
    'none' as category_code,
    e.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_enforcement' as source_table,
    e.row_id
from core.fct_enforcement as e
