-- UNION BY NAME is DuckDB's.
select i.row_id as row_id
from core.fct_incident as i

union all by name

select h.row_id as row_id
from core.fct_hazard as h
