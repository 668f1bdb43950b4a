-- Spark has no ASOF JOIN: join and take row_number 1.
select
    i.row_id as row_id,
    e.amount as amount
from core.fct_incident as i
asof join core.fct_economy as e on i.occurred_date >= e.month_to
