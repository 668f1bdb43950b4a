-- grain: one row per territory
-- 序号：6
-- 标题：重大隐患整改用了多少天
-- 说明：从发现到整改完成的天数，按属地；所选月份往前 12 个月发现的重大隐患。
-- 参数：:month 截止月份 月份
-- 参数：:sector 行业领域 行业领域
select
    h.属地,
    count(*) as 发现项数,
    count(h.整改完成日期) as 已整改项数,
    cast(median(date_diff('day', h.发现日期, h.整改完成日期)) as decimal(9, 1)) as 天数中位数,
    max(date_diff('day', h.发现日期, h.整改完成日期)) as 最长天数,
    count(*) filter (where h.整改完成日期 > h.有效期限) as 超期整改项数,
    count(*) filter (where h.整改完成日期 is null) as 未整改项数
from 隐患 as h
inner join 单位 as u on h.属地 = u.单位
where
    h.隐患级别 = '重大'
    and h.发现日期 >= :month - interval 11 month
    and h.发现日期 < :month + interval 1 month
    and (:sector is null or h.行业领域 = :sector)
group by h.属地, u.顺序
order by 天数中位数 desc nulls last, u.顺序 asc
