-- grain: one row per dataset, unit that must report it and month: has that month been reported, and by which workbook
with due as (
    select
        c.dataset as dataset,
        c.unit_id as unit_id,
        c.covers as covers,
        c.rhythm as rhythm,
        m.month as month,
        m.last_date as last_date,
        cast(
            m.month + interval 1 month + cast(c.due_day as integer) * interval 1 day
            - interval 1 day as date
        ) as due_date
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

spoken_for as (
    select
        d.dataset as dataset,
        d.unit_id as unit_id,
        d.covers as covers,
        d.rhythm as rhythm,
        d.month as month,
        d.last_date as last_date,
        d.due_date as due_date,
        s.receipt_seq as receipt_seq,
        s.as_of_date as as_of_date,
        s.file_hash as file_hash,
        s.file_name as file_name,
        s.sheet_name as sheet_name,
        row_number() over (
            partition by d.dataset, d.unit_id, d.month
            order by
                s.as_of_date asc nulls last, s.receipt_seq asc nulls last,
                s.sheet_no asc nulls last, s.table_no asc nulls last
        ) as turn
    from due as d
    left join core.fct_submission as s
        on
            d.dataset = s.dataset
            and d.unit_id = s.unit_id
            and s.span_from_date <= d.month
            and s.span_to_date >= case when d.rhythm = 'month' then d.last_date else d.month end
),

fct_report_duty as (
    select
        'duty-' || s.dataset || '-' || s.unit_id || '-' || s.month as row_id,
        s.dataset as dataset,
        s.unit_id as unit_id,
        s.covers as covers,
        s.rhythm as rhythm,
        s.month as month,
        s.last_date as last_date,
        s.due_date as due_date,
        s.receipt_seq is not null as is_reported,
        s.receipt_seq as receipt_seq,
        s.as_of_date as as_of_date,
        s.file_hash as file_hash,
        s.file_name as file_name,
        s.sheet_name as sheet_name
    from spoken_for as s
    where s.turn = 1
)

select * from fct_report_duty
