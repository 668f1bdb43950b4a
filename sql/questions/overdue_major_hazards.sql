-- grain: one row per overdue major hazard
-- 序号：4
-- 标题：逾期未整改的重大隐患：是谁的、逾期多少天
-- 说明：截至数据截至日仍未闭环，期限按批准延期后算；逾期最久的在前。
-- 参数：:unit 属地 属地
-- 参数：:sector 行业领域 行业领域
select
    h.属地,
    h.企业名称,
    h.隐患编号,
    h.隐患描述,
    h.行业领域,
    h.有效期限,
    date_diff('day', h.有效期限, s.数据截至) as 逾期天数,
    h.整改进展,
    h.包保领导,
    h.主管部门
from 隐患 as h
cross join 数据状态 as s
where
    h.隐患级别 = '重大'
    and h.闭环日期 is null
    and h.有效期限 < s.数据截至
    and (:unit is null or h.属地 = :unit)
    and (:sector is null or h.行业领域 = :sector)
order by 逾期天数 desc, h.隐患编号 asc
