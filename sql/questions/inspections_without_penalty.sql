-- grain: one row per inspecting unit
-- 序号：9
-- 标题：查得多、罚得少的执法单位
-- 说明：1月至所选月份，检查达到若干家次的单位；处罚率为处罚家次占检查家次的百分比，低的在前。
-- 参数：:month 截止月份 月份
-- 参数：:inspections 至少几家次 数字 10
select
    e.执法单位,
    count(*) as 检查家次,
    sum(e.一般隐患) as 发现一般隐患,
    sum(e.重大隐患) as 发现重大隐患,
    count(*) filter (where e.是否处罚) as 处罚家次,
    round(100.0 * 处罚家次 / count(*), 1) as 处罚率,
    coalesce(sum(e.罚款万元), 0) as 罚款万元
from 执法 as e
where
    e.检查日期 >= date_trunc('year', :month)
    and e.检查日期 < :month + interval 1 month
group by e.执法单位
having count(*) >= :inspections
order by 处罚率 asc, 检查家次 desc, e.执法单位 asc
