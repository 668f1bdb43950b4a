-- log(x) has base 10 in DuckDB and e in Spark.
select
    s.unit_id as unit_id,
    log(s.amount) as magnitude
from marts.score as s
