-- grain: one row per dataset: the newest 数据截至 any of its workbooks states
select
    s.dataset as dataset,
    max(s.as_of_date) as data_as_of_date
from core.fct_submission as s
group by s.dataset
