-- grain: one row per ledger, unit and month that ends a run of months with just the same number of rows
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'row_count' then p.value end) as row_count
    from catalogue.check_parameters as p
    where p.check_code = 'same_count'
),

numbered as (
    select
        c.*,
        year(c.month) * 12 + month(c.month) - row_number() over (
            partition by c.dataset, c.unit_id, c.row_count order by c.month
        ) as island
    from marts.ledger_count as c
),

runs as (
    select
        n.dataset as dataset,
        n.unit_id as unit_id,
        n.row_count as row_count,
        max(n.month) as month,
        count(*) as month_count
    from numbered as n
    group by n.dataset, n.unit_id, n.row_count, n.island
),

chk_same_count as (
    select
        'same_count' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        r.unit_id as unit_id,
        r.month as month,
        t.name_zh || '连续 ' || r.month_count || ' 个月都是 ' || r.row_count || ' 条' as detail_zh
    from runs as r
    cross join limits as l
    inner join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || r.dataset
    where r.month_count >= l.month_count and r.row_count >= l.row_count
)

select * from chk_same_count
