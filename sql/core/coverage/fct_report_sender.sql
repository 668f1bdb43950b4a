-- grain: one row per dataset, sender of the calendar and month of its rhythm: from when on it must report, until which day
-- Months before the first the calendar names stand here too, not asked for: a ledger may speak for them.
-- 首次使用: a dataset's duties begin with the newest month its first receipt in this home speaks for; before it nobody owes.
-- A person may say otherwise (纳入起始月), of one unit before all.
with calendar as (
    select
        c.dataset,
        c.unit_id,
        c.covers,
        c.rhythm,
        cast(c.due_day as integer) as due_day,
        cast(nullif(c.closes_day, '') as integer) as closes_day,
        cast(coalesce(nullif(c.month_from, ''), '2000-01') || '-01' as date) as month_from,
        cast(coalesce(nullif(c.month_to, ''), '2099-12') || '-01' as date) as month_to
    from profile.report_calendar as c
),

first_month as (
    select
        c.dataset,
        min(c.month_from) as month_from
    from calendar as c
    group by c.dataset
),

first_receipt as (
    select
        s.dataset,
        min(s.receipt_seq) as receipt_seq
    from core.fct_submission as s
    group by s.dataset
),

started as (
    select
        s.dataset,
        cast(date_trunc('month', max(s.span_to_date)) as date) as start_month
    from core.fct_submission as s
    inner join first_receipt as f on s.dataset = f.dataset and s.receipt_seq = f.receipt_seq
    group by s.dataset
),

decided as (
    select
        s.dataset,
        s.unit_id,
        cast(s.month || '-01' as date) as start_month
    from lake.start as s
),

fct_report_sender as (
    select
        c.dataset,
        c.unit_id,
        c.covers,
        c.rhythm,
        m.month,
        m.last_date,
        case
            when c.rhythm <> 'month' then m.month
            when c.closes_day is not null
                then least(
                    m.last_date,
                    cast(m.month + c.closes_day * interval 1 day - interval 1 day as date)
                )
            else m.last_date
        end as close_date,
        cast(
            m.month + interval 1 month + c.due_day * interval 1 day - interval 1 day as date
        ) as due_date,
        m.month >= c.month_from as is_asked,
        m.month >= c.month_from
        and coalesce(
            m.month >= coalesce(u.start_month, a.start_month, b.start_month), false
        ) as is_due
    from calendar as c
    inner join first_month as f on c.dataset = f.dataset
    inner join core.dim_month as m
        on
            m.month <= c.month_to
            and (m.month >= c.month_from or m.month < f.month_from)
    left join started as b on c.dataset = b.dataset
    left join decided as a on c.dataset = a.dataset and a.unit_id = ''
    left join decided as u on c.dataset = u.dataset and c.unit_id = u.unit_id
    where
        c.rhythm = 'month'
        or (c.rhythm = 'quarter' and m.month_no in (3, 6, 9, 12))
        or (c.rhythm = 'year' and m.month_no = 12)
)

select * from fct_report_sender
