-- grain: one row per monthly ledger, unit that must send it and month it was reported for: how many rows lie there
-- Months nobody reported are not here: silence is not zero. A ledger that speaks for all units is not here either.
with sent as (
    select
        r.dataset,
        r.unit_id,
        cast(date_trunc('month', r.business_date) as date) as month,
        cast(count(*) as integer) as row_count
    from core.fct_row_state as r
    where r.state = 'current'
    group by r.dataset, r.unit_id, cast(date_trunc('month', r.business_date) as date)
),

ledger_count as (
    select
        d.dataset,
        d.unit_id,
        u.group_code,
        d.month,
        coalesce(s.row_count, 0) as row_count
    from core.fct_report_duty as d
    inner join core.dim_unit as u on d.unit_id = u.unit_id
    left join sent as s
        on d.dataset = s.dataset and d.unit_id = s.unit_id and d.month = s.month
    where d.is_reported and d.covers = 'own'
)

select * from ledger_count
