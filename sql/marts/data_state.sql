-- grain: one row: what this build is of and how far its data reach
with monthly as (
    select min(d.data_as_of_date) as first_as_of, max(d.data_as_of_date) as data_as_of_date
    from marts.dataset_state as d
    where
        d.dataset in (
            select c.dataset
            from profile.report_calendar as c
            where c.rhythm = 'month'
        )
),

months as (
    select min(m.month) as first_month, max(m.month) as last_month
    from core.dim_month as m
),

data_state as (
    select
        m.data_as_of_date as data_as_of_date,
        b.first_month as first_month,
        b.last_month as last_month,
        f.is_synthetic = '1' as is_synthetic,
        f.profile_code as profile_code,
        f.name_zh as profile_name_zh,
        f.office_zh as office_zh,
        f.total_unit_name as total_unit_name
    from profile.facts as f
    cross join monthly as m
    cross join months as b
)

select * from data_state
