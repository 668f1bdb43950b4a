-- grain: one row per unit and month, or unit and day, with more inspections than its people can make
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'day_count' then p.value end) as day_count
    from catalogue.check_parameters as p
    where p.check_code = 'inspection_overload'
),

monthly as (
    select
        e.actor_id,
        cast(date_trunc('month', e.inspected_date) as date) as month,
        count(*) as inspection_count
    from core.fct_enforcement as e
    group by e.actor_id, cast(date_trunc('month', e.inspected_date) as date)
),

daily as (
    select
        e.actor_id,
        e.inspected_date,
        count(*) as inspection_count
    from core.fct_enforcement as e
    group by e.actor_id, e.inspected_date
),

overload as (
    select
        m.actor_id,
        m.month,
        '本月检查 ' || m.inspection_count || ' 家次' as detail_zh
    from monthly as m
    cross join limits as l
    where m.inspection_count > l.month_count

    union all

    select
        d.actor_id,
        cast(date_trunc('month', d.inspected_date) as date) as month,
        d.inspected_date || ' 一天检查 ' || d.inspection_count || ' 家次' as detail_zh
    from daily as d
    cross join limits as l
    where d.inspection_count > l.day_count
),

chk_inspection_overload as (
    select
        'inspection_overload' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        o.actor_id as unit_id,
        o.month,
        o.detail_zh
    from overload as o
)

select * from chk_inspection_overload
