-- Rows of one day come in any order, so the newest is another one on each engine.
select
    s.unit_id as unit_id,
    row_number() over (partition by s.unit_id order by s.as_of_date desc nulls last) as recency
from core.fct_submission as s
