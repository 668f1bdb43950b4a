-- grain: one row per month from the first the monthly workbooks speak for to the last, those that wait for a person included
with monthly_datasets as (
    select distinct c.dataset
    from profile.report_calendar as c
    where c.rhythm = 'month'
),

bounds as (
    select
        cast(date_trunc('month', min(s.span_from_date)) as date) as first_month,
        cast(date_trunc('month', max(s.span_to_date)) as date) as last_month
    from core.fct_submission_fate as s
    inner join monthly_datasets as d on s.dataset = d.dataset
),

dim_month as (
    select
        m.month,
        m.year,
        m.month_no,
        m.quarter,
        m.last_date
    from catalogue.months as m
    inner join bounds as b on m.month between b.first_month and b.last_month
)

select * from dim_month
