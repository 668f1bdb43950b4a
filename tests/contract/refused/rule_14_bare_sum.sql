-- sum of INTEGER is HUGEINT in DuckDB and BIGINT in Spark.
with summed as (
    select
        i.territory_id as territory_id,
        sum(i.death_count) as death_count
    from core.fct_incident as i
    group by i.territory_id
)

select * from summed
