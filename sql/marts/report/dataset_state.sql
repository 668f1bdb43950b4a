-- grain: one row per dataset: the last day any of its ledgers in force speaks for
select
    c.dataset,
    max(c.known_to_date) as data_as_of_date
from core.fct_coverage as c
where c.known_to_date is not null
group by c.dataset
