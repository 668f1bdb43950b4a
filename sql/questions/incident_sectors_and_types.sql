-- grain: one row per sector and accident type
-- 序号：3
-- 标题：事故集中在哪些行业、哪些类型
-- 说明：所选月份往前 12 个月，只计纳入统计的事故；占比是占全部起数的百分比。
-- 参数：:month 截止月份 月份
-- 参数：:unit 属地 属地
select
    i.行业分类,
    i.事故类型,
    count(*) as 起数,
    sum(i.死亡人数) as 死亡人数,
    sum(i.直接经济损失万元) as 直接经济损失万元,
    round(100.0 * count(*) / sum(count(*)) over (), 1) as 占比
from 事故 as i
where
    i.是否纳入统计
    and i.统计月份 between :month - interval 11 month and :month
    and (:unit is null or i.属地 = :unit)
group by i.行业分类, i.事故类型
order by 起数 desc, 死亡人数 desc, i.行业分类 asc, i.事故类型 asc
