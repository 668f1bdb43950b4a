-- grain: one row per month data reach into, newest first
select m.month as month
from core.dim_month as m
cross join marts.data_state as s
where m.month between s.first_month and s.last_month and m.month <= s.data_as_of_date
order by m.month desc
