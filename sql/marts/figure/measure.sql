-- grain: one row per measure row: of the ledgers, and what 上报汇总数 add in months no ledger speaks for in full
with from_report as (
    select
        r.indicator_code,
        'n' as part,
        r.month,
        cast(null as date) as done_month,
        case
            when r.unit_role = 'territory' then r.reporter_id else 'unassigned'
        end as territory_id,
        case
            when r.unit_role = 'department' then r.reporter_id else 'unassigned'
        end as department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        r.row_id as entity_id,
        cast(r.added_amount as decimal(18, 4)) as amount,
        'core.fct_reported' as source_table,
        r.row_id
    from marts.report_difference as r
    where r.added_amount <> 0 or r.dated_amount = 0
),

measure as (
    select
        m.indicator_code,
        m.part,
        m.month,
        m.done_month,
        m.territory_id,
        m.department_id,
        m.actor_id,
        m.sector_code,
        m.category_code,
        m.entity_id,
        m.amount,
        m.source_table,
        m.row_id,
        false as is_from_report
    from indicators.measure as m

    union all

    select
        f.indicator_code,
        f.part,
        f.month,
        f.done_month,
        f.territory_id,
        f.department_id,
        f.actor_id,
        f.sector_code,
        f.category_code,
        f.entity_id,
        f.amount,
        f.source_table,
        f.row_id,
        true as is_from_report
    from from_report as f
)

select * from measure
