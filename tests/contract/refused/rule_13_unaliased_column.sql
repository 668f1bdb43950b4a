-- Spark calls the column i.row_id or row_id, as it likes.
select
    i.row_id,
    i.occurred_date as occurred_date
from core.fct_incident as i
