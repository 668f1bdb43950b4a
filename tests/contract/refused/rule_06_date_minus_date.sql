-- An integer in DuckDB, an interval in Spark.
select
    h.row_id as row_id,
    h.done_date - h.found_date as day_count
from core.fct_hazard as h
