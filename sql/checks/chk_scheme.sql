-- grain: one row per fault of a ranking scheme: what it may not score, what does not add up
-- 国办发〔2024〕54号 forbids ranking by fines and inspections; a 力争 demand carries no veto.
with item as (
    select
        s.*,
        i.indicator_code is not null as is_known,
        i.is_rankable = '1' as is_rankable,
        list_contains(string_split(i.unit_roles, ';'), s.unit_role) as has_role,
        exists(
            select t.target_id from marts.target as t
            where t.is_own and t.indicator_code = s.indicator_code and t.is_soft
        ) as is_soft
    from marts.scheme_item as s
    left join catalogue.indicators as i on s.indicator_code = i.indicator_code
),

faulty_item as (
    select
        i.scheme_code,
        i.version,
        i.item_code || '：' || case
            when not i.is_known then '没有指标 ' || i.indicator_code
            when not i.has_role then i.indicator_code || ' 不按 ' || i.unit_role || ' 统计'
            when i.mode not in ('completion', 'steps', 'deduct', 'bonus', 'veto')
                then '没有计分方式 ' || i.mode
            when i.mode <> 'veto' and not i.is_rankable then i.indicator_code || ' 是不排名的指标，不能计分'
            when i.veto_comparator <> '' and i.is_soft then i.indicator_code || ' 是力争目标，不能一票否决'
        end as detail_zh
    from item as i
),

uneven as (
    select
        i.scheme_code,
        i.version,
        '各项分值合计应为 100，实为 ' || sum(i.points) as detail_zh
    from marts.scheme_item as i
    where i.mode not in ('bonus', 'veto')
    group by i.scheme_code, i.version
    having sum(i.points) <> 100
),

overlapping as (
    select
        a.scheme_code,
        a.version,
        '与 ' || b.version || ' 版的月份重叠' as detail_zh
    from marts.scheme as a
    inner join marts.scheme as b
        on
            a.scheme_code = b.scheme_code
            and a.version < b.version
            and a.month_from <= b.month_to
            and b.month_from <= a.month_to
),

repeated as (
    select
        i.scheme_code,
        i.version,
        i.item_code || '：写了 ' || count(*) || ' 次' as detail_zh
    from marts.scheme_item as i
    group by i.scheme_code, i.version, i.item_code
    having count(*) > 1
),

fault as (
    select * from faulty_item
    union all
    select * from uneven
    union all
    select * from overlapping
    union all
    select * from repeated
),

chk_scheme as (
    select
        'scheme' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        'total' as unit_id,
        cast(null as date) as month,
        '晾晒方案 ' || f.scheme_code || '（' || f.version || '）' || f.detail_zh as detail_zh
    from fault as f
    where f.detail_zh is not null
)

select * from chk_scheme
