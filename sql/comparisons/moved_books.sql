-- grain: one row per indicator, month, place and workbook with a record that counts otherwise in `after`
-- A derived indicator has no records of its own: those of the indicators its model names are its.
with lineage as (
    select
        i.indicator_code,
        i.indicator_code as base_code
    from after.catalogue.indicators as i
    union
    select
        d.indicator_code,
        b.indicator_code as base_code
    from after.catalogue.indicators as d
    inner join after.catalogue.model as m
        on m.schema_name = 'derived' and d.indicator_code = m.model_name
    inner join after.catalogue.indicators as b
        on contains(m.sql_text, '''' || b.indicator_code || '''')
),

earlier as (
    select
        m.indicator_code,
        m.part,
        m.month,
        m.done_month,
        m.territory_id,
        m.department_id,
        m.actor_id,
        m.sector_code,
        m.category_code,
        m.entity_id,
        m.amount,
        m.row_id
    from before.marts.measure as m
),

later as (
    select
        m.indicator_code,
        m.part,
        m.month,
        m.done_month,
        m.territory_id,
        m.department_id,
        m.actor_id,
        m.sector_code,
        m.category_code,
        m.entity_id,
        m.amount,
        m.row_id
    from after.marts.measure as m
),

added as (
    select * from later
    except all
    select * from earlier
),

gone as (
    select * from earlier
    except all
    select * from later
),

changed as (
    select * from added
    union all
    select * from gone
),

named as (
    select r.row_id, r.file_name from after.core.fct_source_row as r
    union
    select r.row_id, r.file_name from before.core.fct_source_row as r
)

select distinct
    l.indicator_code,
    c.month,
    c.territory_id,
    c.department_id,
    c.actor_id,
    n.file_name
from changed as c
inner join named as n on c.row_id = n.row_id
inner join lineage as l on c.indicator_code = l.base_code
where n.file_name is not null
order by
    l.indicator_code asc, c.month asc, n.file_name asc, c.territory_id asc, c.department_id asc,
    c.actor_id asc
