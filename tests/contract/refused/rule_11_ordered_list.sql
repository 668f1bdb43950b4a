-- Spark loses the order of array_agg.
select
    i.unit_id as unit_id,
    list(i.occurred_date order by i.row_id nulls last) as dates
from core.fct_incident as i
group by i.unit_id
