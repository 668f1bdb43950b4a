-- grain: one row per enterprise
-- 序号：7
-- 标题：反复出现重大隐患的企业
-- 说明：所选月份往前 24 个月重大隐患达到若干项的企业，并列出同期事故；按企业名称对应。
-- 参数：:month 截止月份 月份
-- 参数：:times 至少几项 数字 2
-- 参数：:unit 属地 属地
with hazards as (
    select
        h.企业名称,
        any_value(h.属地) as 属地,
        count(*) as 重大隐患项数,
        count(*) filter (where h.闭环日期 is null) as 未闭环项数,
        max(h.发现日期) as 最近发现
    from 隐患 as h
    where
        h.隐患级别 = '重大'
        and h.发现日期 >= :month - interval 23 month
        and h.发现日期 < :month + interval 1 month
        and (:unit is null or h.属地 = :unit)
    group by h.企业名称
),

incidents as (
    select
        i.事故发生单位 as 企业名称,
        count(*) as 事故起数,
        sum(i.死亡人数) as 死亡人数
    from 事故 as i
    where i.是否纳入统计 and i.统计月份 between :month - interval 23 month and :month
    group by i.事故发生单位
)

select
    h.企业名称,
    h.属地,
    h.重大隐患项数,
    h.未闭环项数,
    h.最近发现,
    coalesce(i.事故起数, 0) as 事故起数,
    coalesce(i.死亡人数, 0) as 死亡人数
from hazards as h
left join incidents as i on h.企业名称 = i.企业名称
where h.重大隐患项数 >= :times
order by h.重大隐患项数 desc, 死亡人数 desc, h.企业名称 asc
