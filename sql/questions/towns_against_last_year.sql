-- grain: one row per territory
-- 序号：1
-- 标题：各镇街事故起数、死亡人数与去年同期比
-- 说明：1月至所选月份，与计分卡同一口径；结论与“双下降”页一致。
-- 参数：:month 截止月份 月份
select
    v.单位,
    max(v.数值) filter (where v.指标 = '事故起数') as 事故起数,
    max(v.去年同期) filter (where v.指标 = '事故起数') as 去年同期起数,
    max(v.同比增减) filter (where v.指标 = '事故起数') as 起数增减,
    max(v.数值) filter (where v.指标 = '死亡人数') as 死亡人数,
    max(v.去年同期) filter (where v.指标 = '死亡人数') as 去年同期死亡,
    max(v.同比增减) filter (where v.指标 = '死亡人数') as 死亡增减,
    max(v.双下降结论) as 结论
from 指标值 as v
inner join 单位 as u on v.单位 = u.单位
where v.期间 = '累计' and v.截止月 = :month and v.单位角色 = '辖区内' and v.分类 = '*'
group by v.单位, u.顺序
having 事故起数 is not null or 死亡人数 is not null
order by 死亡增减 desc, 起数增减 desc, u.顺序 asc
