-- grain: one row per dataset and sender: the last day its own ledgers in force speak for, on which its open items are judged
select
    s.dataset,
    s.unit_id,
    max(s.as_of_date) as data_date
from core.fct_submission_fate as s
where s.mode <> 'append' and s.fate in ('whole', 'partial')
group by s.dataset, s.unit_id
