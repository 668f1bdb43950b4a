-- cast(2.7 as integer) is 3 in DuckDB and 2 in Spark.
select
    s.unit_id as unit_id,
    cast(0.5 * s.amount as integer) as half_count
from marts.score as s
