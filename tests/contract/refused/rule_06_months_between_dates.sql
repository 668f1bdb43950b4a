-- DuckDB counts month boundaries, Spark whole months: 31 January to 1 February is 1 against 0.
select
    h.row_id as row_id,
    date_diff('month', h.found_date, h.done_date) as month_count
from core.fct_hazard as h
