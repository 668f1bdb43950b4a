-- grain: one row per incident whose reported grade is not the one its casualties and loss give (国务院令493号 第三条)
select
    'grade_differs' as check_code,
    i.receipt_seq,
    i.row_id,
    i.territory_id as unit_id,
    cast(null as date) as month,
    i.incident_name || '：上报等级与伤亡、损失推算的等级不一致' as detail_zh
from core.fct_incident as i
where i.reported_grade_code is not null and i.reported_grade_code <> i.grade_code
