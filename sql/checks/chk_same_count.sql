-- grain: one row per ledger, unit and month that ends a run of months with just the same number of rows
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'row_count' then p.value end) as row_count
    from catalogue.check_parameters as p
    where p.check_code = 'same_count'
),

chk_same_count as (
    select
        'same_count' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        r.unit_id,
        r.last_month as month,
        t.name_zh || '连续 ' || r.month_count || ' 个月都是 ' || cast(r.amount as integer)
        || ' 条' as detail_zh
    from marts.same_run as r
    cross join limits as l
    inner join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || r.subject_code
    where
        r.subject_kind = 'ledger'
        and r.month_count >= l.month_count
        and r.amount >= l.row_count
)

select * from chk_same_count
