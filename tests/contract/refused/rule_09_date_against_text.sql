-- One engine casts the text, the other the date.
select i.row_id as row_id
from core.fct_incident as i
where i.occurred_date >= '2026-01-01'
