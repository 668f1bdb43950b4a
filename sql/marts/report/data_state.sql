-- grain: one row: what this build is of, how far its data reach, and the month a page opens on
-- 数据截至 is the last day the ledgers that set it (事故) speak for; a page opens on the newest month they know in full.
with reach as (
    select
        max(case when g.sets_data_day = '1' then d.data_as_of_date end) as leading_date,
        max(d.data_as_of_date) as any_date
    from marts.dataset_state as d
    inner join catalogue.coverage_rules as g on d.dataset = g.dataset
    where
        d.dataset in (
            select c.dataset
            from core.fct_report_sender as c
            where c.rhythm = 'month'
        )
),

whole as (
    select
        max(case when g.sets_data_day = '1' then c.month end) as leading_month,
        max(c.month) as any_month
    from core.fct_unit_coverage as c
    inner join catalogue.coverage_rules as g on c.dataset = g.dataset
    where c.unit_role = 'total' and c.known_state = 'whole'
),

months as (
    select min(m.month) as first_month, max(m.month) as last_month
    from core.dim_month as m
),

data_state as (
    select
        coalesce(r.leading_date, r.any_date) as data_as_of_date,
        coalesce(w.leading_month, w.any_month, b.last_month) as opening_month,
        b.first_month,
        b.last_month,
        f.is_synthetic = '1' as is_synthetic,
        f.profile_code,
        f.name_zh as profile_name_zh,
        f.office_zh,
        f.total_unit_name
    from profile.facts as f
    cross join reach as r
    cross join whole as w
    cross join months as b
)

select * from data_state
