-- grain: one row per unit that has not reported something due for the month, in administrative order
select
    u.unit_id as unit_id,
    u.name_zh as name_zh,
    coalesce(t.name_zh, m.dataset) as dataset_zh
from marts.missing_report as m
inner join core.dim_unit as u on m.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || m.dataset
where m.month = :month
order by u.sort_no, m.dataset
