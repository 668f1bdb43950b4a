-- grain: one row per unit that has not reported something due for the month, in administrative order
select
    u.unit_id as unit_id,
    u.name_zh as name_zh,
    m.dataset as dataset
from marts.missing_report as m
inner join core.dim_unit as u on m.unit_id = u.unit_id
where m.month = :month
order by u.sort_no, m.dataset
