-- grain: one row per dataset, unit and month the calendar asks for: due day, what came and when, in which state
-- 迟报 is judged by the day of receipt, and only where the due day lies after the first receipt of this warehouse: older
-- months came in one load and nobody can say when they were sent. 零报告: the month is spoken for, has no row in it, and
-- nothing of that sheet was handed back.
with in_use as (
    select min(s.received_date) as in_use_from_date
    from core.fct_submission as s
),

speaking as (
    select
        d.row_id as duty_id,
        s.receipt_seq as receipt_seq,
        s.received_at as received_at,
        s.received_date as received_date,
        s.as_of_date as as_of_date,
        s.file_name as file_name,
        s.sheet_no as sheet_no,
        s.table_no as table_no,
        s.sheet_name as sheet_name,
        row_number() over (
            partition by d.row_id
            order by
                s.as_of_date desc nulls last, s.receipt_seq desc nulls last,
                s.sheet_no desc nulls last, s.table_no desc nulls last
        ) as recency
    from core.fct_report_duty as d
    inner join core.fct_submission as s
        on
            d.dataset = s.dataset
            and d.unit_id = s.unit_id
            and s.span_from_date <= d.month
            and s.span_to_date >= case when d.rhythm = 'month' then d.last_date else d.month end
),

sent as (
    select
        s.duty_id as duty_id,
        cast(count(distinct s.receipt_seq) as integer) as revision_count,
        min(s.received_at) as first_received_at,
        min(s.received_date) as first_received_date
    from speaking as s
    group by s.duty_id
),

newest as (
    select
        s.duty_id as duty_id,
        s.receipt_seq as receipt_seq,
        s.received_at as received_at,
        s.as_of_date as as_of_date,
        s.file_name as file_name,
        s.sheet_name as sheet_name,
        cast(count(distinct h.row_number) as integer) as rejected_count
    from speaking as s
    left join marts.rejected_cell as h
        on
            s.receipt_seq = h.receipt_seq
            and s.sheet_no = h.sheet_no
            and s.table_no = h.table_no
    where s.recency = 1
    group by s.duty_id, s.receipt_seq, s.received_at, s.as_of_date, s.file_name, s.sheet_name
),

monthly_rows as (
    select
        d.row_id as duty_id,
        cast(count(*) as integer) as row_count
    from core.fct_report_duty as d
    inner join core.fct_row_state as r
        on
            d.dataset = r.dataset
            and d.unit_id = r.unit_id
            and r.state = 'current'
            and r.business_date between d.month and d.last_date
    group by d.row_id
),

report_state as (
    select
        d.dataset as dataset,
        d.unit_id as unit_id,
        d.month as month,
        d.rhythm as rhythm,
        d.due_date as due_date,
        case
            when n.receipt_seq is null and h.receipt_seq is not null then 'held'
            when n.receipt_seq is null then 'missing'
            when d.due_date >= u.in_use_from_date and f.first_received_date > d.due_date
                then 'late'
            when d.rhythm = 'month' and coalesce(m.row_count, 0) + n.rejected_count = 0 then 'zero'
            else 'reported'
        end as state,
        coalesce(d.due_date >= u.in_use_from_date, false) as is_lateness_known,
        coalesce(m.row_count, 0) as row_count,
        coalesce(n.rejected_count, 0) as rejected_count,
        coalesce(f.revision_count, 0) as revision_count,
        f.first_received_at as first_received_at,
        f.first_received_date as first_received_date,
        n.received_at as received_at,
        n.as_of_date as as_of_date,
        n.receipt_seq as receipt_seq,
        n.file_name as file_name,
        n.sheet_name as sheet_name,
        h.receipt_seq as held_receipt_seq,
        h.file_name as held_file_name,
        h.held_reason_zh as held_reason_zh
    from core.fct_report_duty as d
    cross join in_use as u
    left join sent as f on d.row_id = f.duty_id
    left join newest as n on d.row_id = n.duty_id
    left join monthly_rows as m on d.row_id = m.duty_id
    left join marts.held_duty as h
        on d.dataset = h.dataset and d.unit_id = h.unit_id and d.month = h.month
)

select * from report_state
