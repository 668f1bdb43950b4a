-- grain: one row per checked table, dataset, submitting unit and month: the rows a check looks at there
with rows_checked as (
    select
        'core' || '.fct_' || r.dataset as table_name,
        r.dataset,
        r.unit_id,
        r.business_date
    from core.fct_row_state as r
    where r.state = 'current'

    union all

    select
        'core.fct_row_state' as table_name,
        r.dataset,
        r.unit_id,
        r.business_date
    from core.fct_row_state as r

    union all

    select
        'core.fct_submission' as table_name,
        s.dataset,
        s.unit_id,
        s.span_to_date as business_date
    from core.fct_submission as s

    union all

    select
        'core.fct_report_duty' as table_name,
        d.dataset,
        d.unit_id,
        d.month as business_date
    from core.fct_report_duty as d

    union all

    select
        'marts.reported_gap' as table_name,
        'reported' as dataset,
        g.unit_id,
        g.span_month as business_date
    from marts.reported_gap as g
    where g.span_kind = 'month' and g.unit_role = 'total'

    union all

    select
        'marts.hazard_flow' as table_name,
        'hazard' as dataset,
        f.unit_id,
        f.month as business_date
    from marts.hazard_flow as f
),

check_base as (
    select
        r.table_name,
        r.dataset,
        coalesce(r.unit_id, 'unassigned') as unit_id,
        cast(date_trunc('month', r.business_date) as date) as month,
        cast(count(*) as integer) as row_count
    from rows_checked as r
    group by
        r.table_name,
        r.dataset,
        coalesce(r.unit_id, 'unassigned'),
        cast(date_trunc('month', r.business_date) as date)
)

select * from check_base
