-- grain: one row per dataset, unit that must report it and month: has that month been reported
with due as (
    select
        c.dataset as dataset,
        c.unit_id as unit_id,
        c.covers as covers,
        c.rhythm as rhythm,
        m.month as month,
        m.last_date as last_date
    from profile.report_calendar as c
    inner join core.dim_month as m
        on
            m.month >= cast(coalesce(nullif(c.month_from, ''), '2000-01') || '-01' as date)
            and m.month <= cast(coalesce(nullif(c.month_to, ''), '2099-12') || '-01' as date)
    where
        c.rhythm = 'month'
        or (c.rhythm = 'quarter' and m.month_no in (3, 6, 9, 12))
        or (c.rhythm = 'year' and m.month_no = 12)
),

reporting as (
    select
        d.dataset as dataset,
        d.unit_id as unit_id,
        d.covers as covers,
        d.month as month,
        count(s.receipt_seq) > 0 as is_reported
    from due as d
    left join core.fct_submission as s
        on
            d.dataset = s.dataset
            and d.unit_id = s.unit_id
            and s.span_from_date <= d.month
            and s.span_to_date >= case when d.rhythm = 'month' then d.last_date else d.month end
    group by d.dataset, d.unit_id, d.covers, d.month
)

select * from reporting
