-- grain: one row per indicator and model or input it is made from, however many steps away
with recursive edge as (
    select
        m.schema_name || '.' || m.model_name as model,
        unnest(
            list_distinct(
                regexp_extract_all(
                    m.sql_text,
                    '\b(lake|profile|catalogue|staging|core|indicators|derived|marts)\.[a-z_]+'
                )
            )
        ) as source
    from catalogue.model as m
),

origin as (
    select
        i.indicator_code,
        e.source,
        1 as steps
    from catalogue.indicators as i
    inner join edge as e
        on e.model in ('indicators.ind_' || i.indicator_code, 'derived.' || i.indicator_code)

    union

    select
        o.indicator_code,
        e.source,
        o.steps + 1 as steps
    from origin as o
    inner join edge as e on o.source = e.model
    where o.steps < 12 and not (o.source like 'indicators.%' or o.source like 'marts.measure%')
)

select
    o.indicator_code,
    split_part(o.source, '.', 1) as layer,
    o.source,
    min(o.steps) as steps
from origin as o
group by o.indicator_code, o.source
order by o.indicator_code asc, min(o.steps) desc, o.source asc
