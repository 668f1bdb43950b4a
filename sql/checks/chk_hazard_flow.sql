-- grain: one row per month and unit whose stock of major hazards does not follow from the month before
with chained as (
    select
        f.month,
        f.unit_role,
        f.unit_id,
        f.opening_count,
        f.found_count,
        f.closed_count,
        f.closing_count,
        lag(f.closing_count) over (
            partition by f.unit_role, f.unit_id order by f.month asc nulls last
        ) as carried_count
    from marts.hazard_flow as f
),

chk_hazard_flow as (
    select
        'hazard_flow' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        c.unit_id,
        c.month,
        year(c.month) || '年' || month(c.month) || '月：上月末 ' || c.opening_count
        || '＋新增 ' || c.found_count
        || '－销号 ' || c.closed_count || '≠本月末 ' || c.closing_count as detail_zh
    from chained as c
    where
        c.opening_count + c.found_count - c.closed_count <> c.closing_count
        or c.opening_count <> c.carried_count
)

select * from chk_hazard_flow
