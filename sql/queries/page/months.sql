-- grain: one row per month data reach into, newest first; a month not known in full says up to which day it is
select
    m.month,
    coalesce(c.known_state = 'whole', m.month <= s.opening_month, true) as is_whole,
    c.known_to_date
from core.dim_month as m
cross join marts.data_state as s
left join core.fct_unit_coverage as c
    on
        c.dataset in (
            select g.dataset
            from catalogue.coverage_rules as g
            where g.sets_data_day = '1'
        )
        and c.unit_role = 'total'
        and m.month = c.month
order by m.month desc
