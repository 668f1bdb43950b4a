-- grain: one row per major hazard found (d) and per one of them that was rectified (n); 整改 is not 销号
select
    'major_hazard_rectified_rate' as indicator_code,
    'd' as part,
    cast(date_trunc('month', h.found_date) as date) as month,
    cast(null as date) as done_month,
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
where h.hazard_grade_code = 'major'

union all

select
    'major_hazard_rectified_rate' as indicator_code,
    'n' as part,
    cast(date_trunc('month', h.found_date) as date) as month,
    cast(date_trunc('month', h.rectified_from_date) as date) as done_month,
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
where h.hazard_grade_code = 'major'
