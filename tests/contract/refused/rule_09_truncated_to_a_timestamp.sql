-- A DATE in DuckDB, a TIMESTAMP in Spark.
select
    i.row_id as row_id,
    date_trunc('month', i.occurred_date) as month
from core.fct_incident as i
