-- grain: one row per report due (d) and per one of them that has come in (n)
select
    'report_rate' as indicator_code,
    'd' as part,
    d.month,
    cast(null as date) as done_month,
    'unassigned' as territory_id,
    'unassigned' as department_id,
    d.unit_id as actor_id,
    'none' as sector_code,
    'none' as category_code,
    d.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_report_duty' as source_table,
    d.row_id
from core.fct_report_duty as d

union all

select
    'report_rate' as indicator_code,
    'n' as part,
    d.month,
    cast(null as date) as done_month,
    'unassigned' as territory_id,
    'unassigned' as department_id,
    d.unit_id as actor_id,
    'none' as sector_code,
    'none' as category_code,
    d.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_report_duty' as source_table,
    d.row_id
from core.fct_report_duty as d
where d.is_reported
