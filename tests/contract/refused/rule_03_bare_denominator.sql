-- DuckDB answers 1 / 0 with inf, Spark with an error.
select
    s.unit_id as unit_id,
    cast(s.numerator / s.denominator as decimal(18, 4)) as share
from marts.score as s
