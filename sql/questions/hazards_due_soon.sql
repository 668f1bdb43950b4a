-- grain: one row per open hazard that falls due soon
-- 序号：5
-- 标题：快到期的隐患：提醒谁
-- 说明：数据截至日之后若干天内到期、尚未闭环的隐患，先到期的在前。
-- 参数：:days 天数 数字 15
-- 参数：:unit 属地 属地
select
    h.有效期限,
    date_diff('day', s.数据截至, h.有效期限) as 剩余天数,
    h.属地,
    h.企业名称,
    h.隐患编号,
    h.隐患级别,
    h.隐患描述,
    h.整改进展,
    h.包保领导,
    h.主管部门
from 隐患 as h
cross join 数据状态 as s
where
    h.闭环日期 is null
    and date_diff('day', s.数据截至, h.有效期限) between 0 and :days
    and (:unit is null or h.属地 = :unit)
order by h.有效期限, h.隐患编号
