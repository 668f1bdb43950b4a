-- Without nulls last Spark puts NULLs first and DuckDB last: every rank moves.
select
    s.unit_id as unit_id,
    rank() over (order by s.amount desc) as place
from marts.score as s
