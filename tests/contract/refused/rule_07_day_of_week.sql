-- Sunday is 0 in DuckDB and 1 in Spark.
select
    i.row_id as row_id,
    dayofweek(i.occurred_date) as weekday_no
from core.fct_incident as i
