-- grain: one row per calendar month
-- 序号：2
-- 标题：三年来每月的事故起数和死亡人数
-- 说明：所选月份的当年、上年、前年逐月对照；只计纳入统计的事故。
-- 参数：:month 截止月份 月份
-- 参数：:unit 属地 属地
with counted as (
    select
        year(:month) - year(i.统计月份) as years_ago,
        month(i.统计月份) as month_no,
        i.死亡人数
    from 事故 as i
    where
        i.是否纳入统计
        and i.统计月份 <= :month
        and year(:month) - year(i.统计月份) <= 2
        and (:unit is null or i.属地 = :unit)
)

select
    m.month_no as 月份,
    count(*) filter (where c.years_ago = 2) as 前年起数,
    count(*) filter (where c.years_ago = 1) as 上年起数,
    count(*) filter (where c.years_ago = 0) as 当年起数,
    coalesce(sum(c.死亡人数) filter (where c.years_ago = 2), 0) as 前年死亡,
    coalesce(sum(c.死亡人数) filter (where c.years_ago = 1), 0) as 上年死亡,
    coalesce(sum(c.死亡人数) filter (where c.years_ago = 0), 0) as 当年死亡
from range(1, 13) as m (month_no)
left join counted as c on m.month_no = c.month_no
group by m.month_no
order by m.month_no
