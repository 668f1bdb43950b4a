-- A series as a table exists in DuckDB alone; join dim_month.
select m.month as month
from generate_series(date '2026-01-01', date '2026-12-01', interval 1 month) as m (month)
