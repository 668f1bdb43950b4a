-- grain: one row per enterprise
-- 序号：8
-- 标题：有重大隐患却没有执法检查的企业
-- 说明：所选月份往前 12 个月发现过重大隐患、同期没有任何执法检查记录；按企业名称对应。
-- 参数：:month 截止月份 月份
-- 参数：:unit 属地 属地
with inspected as (
    select distinct e.被检查单位 as 企业名称
    from 执法 as e
    where
        e.检查日期 >= :month - interval 11 month
        and e.检查日期 < :month + interval 1 month
)

select
    h.企业名称,
    any_value(h.属地) as 属地,
    any_value(h.主管部门) as 主管部门,
    any_value(h.行业领域) as 行业领域,
    count(*) as 重大隐患项数,
    count(*) filter (where h.闭环日期 is null) as 未闭环项数,
    max(h.发现日期) as 最近发现
from 隐患 as h
left join inspected as i on h.企业名称 = i.企业名称
where
    i.企业名称 is null
    and h.隐患级别 = '重大'
    and h.发现日期 >= :month - interval 11 month
    and h.发现日期 < :month + interval 1 month
    and (:unit is null or h.属地 = :unit)
group by h.企业名称
order by 未闭环项数 desc, 重大隐患项数 desc, h.企业名称 asc
