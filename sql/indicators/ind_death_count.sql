-- grain: one row per incident that counts and has deaths (死亡、下落不明)
select
    'death_count' as indicator_code,
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
