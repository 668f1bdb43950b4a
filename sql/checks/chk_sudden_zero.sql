-- grain: one row per ledger, unit and month with no rows although the months before had many
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'monthly_average' then p.value end) as monthly_average
    from catalogue.check_parameters as p
    where p.check_code = 'sudden_zero'
),

before as (
    select
        c.dataset,
        c.unit_id,
        c.month,
        c.row_count,
        count(p.month) as month_count,
        sum(p.row_count) as earlier_count
    from marts.ledger_count as c
    cross join limits as l
    inner join marts.ledger_count as p
        on
            c.dataset = p.dataset
            and c.unit_id = p.unit_id
            and p.month < c.month
            and (year(c.month) - year(p.month)) * 12 + month(c.month) - month(p.month)
            <= l.month_count
    where c.row_count = 0
    group by c.dataset, c.unit_id, c.month, c.row_count
),

chk_sudden_zero as (
    select
        'sudden_zero' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        b.unit_id,
        b.month,
        t.name_zh
        || '本月 0 条，此前 '
        || b.month_count
        || ' 个月共 '
        || b.earlier_count
        || ' 条' as detail_zh
    from before as b
    cross join limits as l
    inner join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || b.dataset
    where
        b.month_count >= l.month_count
        and b.earlier_count >= l.monthly_average * b.month_count
)

select * from chk_sudden_zero
