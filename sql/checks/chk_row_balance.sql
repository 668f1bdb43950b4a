-- grain: one row per dataset whose loaded rows are not all current, superseded, withdrawn, merged or dropped
with loaded as (
    select
        s.dataset,
        sum(s.loaded_count) as loaded_count
    from core.fct_submission as s
    group by s.dataset
),

stated as (
    select
        r.dataset,
        count(*) as row_count
    from core.fct_row_state as r
    where r.state in ('current', 'superseded', 'withdrawn', 'merged')
    group by r.dataset
),

dropped as (
    select
        d.dataset,
        count(*) as row_count
    from core.fct_correction as d
    where d.action = 'drop'
    group by d.dataset
),

chk_row_balance as (
    select
        'row_balance' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        'total' as unit_id,
        cast(null as date) as month,
        t.name_zh || '：入库 ' || l.loaded_count || ' 行，现行、被替换、撤回、合并、更正剔除合计 '
        || coalesce(s.row_count, 0) + coalesce(d.row_count, 0) || ' 行' as detail_zh
    from loaded as l
    inner join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || l.dataset
    left join stated as s on l.dataset = s.dataset
    left join dropped as d on l.dataset = d.dataset
    where l.loaded_count <> coalesce(s.row_count, 0) + coalesce(d.row_count, 0)
)

select * from chk_row_balance
