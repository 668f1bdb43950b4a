-- grain: one row per fatal incident (n) and per GDP figure stated for a period (d)
select
    'gdp_death_rate' as indicator_code,
    'n' as part,
    i.stat_month as month,
    cast(null as date) as done_month,
    i.territory_id,
    i.department_id,
    i.reporter_id as actor_id,
    i.sector_code,
    'none' as category_code,
    i.row_id as entity_id,
    cast(i.death_count as decimal(18, 4)) as amount,
    'core.fct_incident' as source_table,
    i.row_id
from core.fct_incident as i
where i.is_counted and i.death_count > 0

union all

select
    'gdp_death_rate' as indicator_code,
    'd' as part,
    e.month_from as month,
    e.month_to as done_month,
    'unassigned' as territory_id,
    'unassigned' as department_id,
    e.reporter_id as actor_id,
    'none' as sector_code,
    'none' as category_code,
    e.row_id as entity_id,
    cast(e.amount as decimal(18, 4)) as amount,
    'core.fct_economy' as source_table,
    e.row_id
from core.fct_economy as e
where e.metric_code = 'gdp' and e.is_newest
