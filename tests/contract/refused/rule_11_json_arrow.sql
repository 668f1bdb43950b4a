-- ->> on JSON is DuckDB's.
select
    v.row_id as row_id,
    v.cells ->> 'A' as first_cell
from core.verdict as v
