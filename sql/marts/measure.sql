-- grain: one row per measure row: of the ledgers, and of 上报汇总数 for months no ledger speaks for
with ledger_covered as (
    select
        r.dataset as dataset,
        r.month as month
    from core.fct_report_duty as r
    where r.is_reported and r.covers = 'all'
),

ledger_covered_unit as (
    select
        r.dataset as dataset,
        r.month as month,
        r.unit_id as unit_id
    from core.fct_report_duty as r
    where r.is_reported and r.covers = 'own'
),

from_report as (
    select
        i.indicator_code as indicator_code,
        'n' as part,
        f.report_month as month,
        cast(null as date) as done_month,
        case when u.is_territory then f.reporter_id else 'unassigned' end as territory_id,
        case when u.is_department then f.reporter_id else 'unassigned' end as department_id,
        f.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        f.row_id as entity_id,
        f.amount as amount,
        'core.fct_reported' as source_table,
        f.row_id as row_id
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item
    inner join core.dim_unit as u on f.reporter_id = u.unit_id
    left join ledger_covered as c on i.primary_dataset = c.dataset and f.report_month = c.month
    left join ledger_covered_unit as o
        on
            i.primary_dataset = o.dataset
            and f.report_month = o.month
            and f.reporter_id = o.unit_id
    where c.month is null and o.month is null
),

measure as (
    select
        m.indicator_code as indicator_code,
        m.part as part,
        m.month as month,
        m.done_month as done_month,
        m.territory_id as territory_id,
        m.department_id as department_id,
        m.actor_id as actor_id,
        m.sector_code as sector_code,
        m.category_code as category_code,
        m.entity_id as entity_id,
        m.amount as amount,
        m.source_table as source_table,
        m.row_id as row_id,
        false as is_from_report
    from indicators.measure as m

    union all

    select
        f.indicator_code as indicator_code,
        f.part as part,
        f.month as month,
        f.done_month as done_month,
        f.territory_id as territory_id,
        f.department_id as department_id,
        f.actor_id as actor_id,
        f.sector_code as sector_code,
        f.category_code as category_code,
        f.entity_id as entity_id,
        f.amount as amount,
        f.source_table as source_table,
        f.row_id as row_id,
        true as is_from_report
    from from_report as f
)

select * from measure
