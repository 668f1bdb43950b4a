-- grain: one row per dataset that speaks for the month: workbooks, reporting units, newest 数据截至
select
    s.dataset,
    count(distinct s.file_hash) as workbook_count,
    count(distinct s.unit_id) as unit_count,
    max(s.as_of_date) as as_of_date
from core.fct_submission as s
where s.span_from_date <= :month and s.span_to_date >= :month
group by s.dataset
order by s.dataset
