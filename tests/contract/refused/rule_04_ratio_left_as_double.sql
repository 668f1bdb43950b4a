-- decimal / decimal is DOUBLE in DuckDB and DECIMAL in Spark.
select
    s.unit_id as unit_id,
    round(100.0 * s.numerator / nullif(s.denominator, 0), 1) as closed_pct
from marts.score as s
