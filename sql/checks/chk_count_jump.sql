-- grain: one row per ledger and unit whose rows of the year so far are far from those of the same months last year
-- Judged at the newest month only, and only where both spans were reported in full.
with limits as (
    select
        max(case when p.parameter = 'change_pct' then p.value end) as change_pct,
        max(case when p.parameter = 'base_count' then p.value end) as base_count
    from catalogue.check_parameters as p
    where p.check_code = 'count_jump'
),

newest as (
    select
        c.dataset,
        c.unit_id,
        max(c.month) as month
    from marts.ledger_count as c
    group by c.dataset, c.unit_id
),

paired as (
    select
        n.dataset,
        n.unit_id,
        n.month,
        sum(case when year(c.month) = year(n.month) then c.row_count else 0 end) as now_count,
        sum(case when year(c.month) < year(n.month) then c.row_count else 0 end) as then_count,
        count(case when year(c.month) = year(n.month) then 1 end) as now_months,
        count(case when year(c.month) < year(n.month) then 1 end) as then_months
    from newest as n
    inner join marts.ledger_count as c
        on
            n.dataset = c.dataset
            and n.unit_id = c.unit_id
            and year(c.month) >= year(n.month) - 1
            and month(c.month) <= month(n.month)
    group by n.dataset, n.unit_id, n.month
),

chk_count_jump as (
    select
        'count_jump' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        b.unit_id,
        b.month,
        t.name_zh || '今年 1—' || month(b.month) || '月 ' || b.now_count || ' 条，上年同期 '
        || b.then_count || ' 条' as detail_zh
    from paired as b
    cross join limits as l
    inner join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || b.dataset
    where
        b.now_months = month(b.month)
        and b.then_months = month(b.month)
        and greatest(b.now_count, b.then_count) >= l.base_count
        and 100 * abs(b.now_count - b.then_count)
        >= l.change_pct * least(b.now_count, b.then_count)
)

select * from chk_count_jump
