-- grain: one row per check, dataset, unit and month: how many rows it looked at, how many it doubts
-- A check that looks at no rows of a unit (a balance, a figure) stands under the whole area and the newest month.
with newest as (
    select max(d.month) as month
    from core.dim_month as d
),

looked_at as (
    select
        c.check_code,
        b.dataset,
        b.unit_id,
        b.month,
        b.row_count as checked_count,
        0 as failed_count
    from catalogue.checks as c
    inner join marts.check_base as b
        on c.table_name = b.table_name and (c.dataset = '' or c.dataset = b.dataset)

    union all

    select
        k.check_code,
        c.dataset,
        'total' as unit_id,
        m.month,
        k.row_count as checked_count,
        0 as failed_count
    from lake.checked as k
    inner join catalogue.checks as c on k.check_code = c.check_code
    cross join newest as m
    where c.table_name not in (select b.table_name from marts.check_base as b)

    union all

    select
        f.check_code,
        f.dataset,
        f.unit_id,
        f.month,
        0 as checked_count,
        cast(
            count(distinct f.row_id) + count(case when f.row_id is null then 1 end) as integer
        ) as failed_count
    from marts.check_finding as f
    group by f.check_code, f.dataset, f.unit_id, f.month
),

check_unit_month as (
    select
        c.check_code,
        c.name_zh,
        c.scope,
        l.dataset,
        l.unit_id,
        l.month,
        cast(sum(l.checked_count) as bigint) as checked_count,
        cast(sum(l.failed_count) as bigint) as failed_count
    from looked_at as l
    inner join catalogue.checks as c on l.check_code = c.check_code
    group by c.check_code, c.name_zh, c.scope, l.dataset, l.unit_id, l.month
)

select * from check_unit_month
