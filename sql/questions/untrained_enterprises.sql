-- grain: one row per enterprise and training category
-- 序号：10
-- 标题：应训而没有合格记录的企业
-- 说明：所选月份当年的应训名册里，到该月底没有同类培训合格记录的企业；按企业名称对应，缺口大的在前。
-- 参数：:month 截止月份 月份
-- 参数：:unit 属地 属地
with passed as (
    select
        t.企业名称,
        t.培训类别,
        count(*) as 人次
    from 培训 as t
    where
        t.考核结果 = '合格'
        and t.培训日期 >= date_trunc('year', :month)
        and t.培训日期 < :month + interval 1 month
    group by t.企业名称, t.培训类别
)

select
    r.企业名称,
    r.培训类别,
    any_value(r.属地) as 属地,
    any_value(r.主管部门) as 主管部门,
    count(*) as 应训人数,
    coalesce(any_value(p.人次), 0) as 合格人次
from 应训名册 as r
left join passed as p on r.企业名称 = p.企业名称 and r.培训类别 = p.培训类别
where r.计划年度 = year(:month) and (:unit is null or r.属地 = :unit)
group by r.企业名称, r.培训类别
having 合格人次 < 应训人数
order by 应训人数 - 合格人次 desc, r.企业名称 asc, r.培训类别 asc
