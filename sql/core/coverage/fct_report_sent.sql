-- grain: one row per dataset, sender and month something was sent for: how often, first when, and the newest of them
with speaking as (
    select
        c.row_id,
        s.receipt_seq,
        s.received_at,
        s.received_date
    from core.fct_coverage as c
    inner join core.fct_submission as s
        on
            c.dataset = s.dataset
            and c.unit_id = s.unit_id
            and s.mode <> 'append'
            and s.span_from_date <= c.last_date
            and s.span_to_date >= c.month
    inner join core.fct_submission_fate as f
        on s.receipt_seq = f.receipt_seq and s.sheet_no = f.sheet_no and s.table_no = f.table_no
    where f.fate <> 'returned'
),

fct_report_sent as (
    select
        s.row_id,
        cast(count(distinct s.receipt_seq) as integer) as revision_count,
        min(s.received_at) as first_received_at,
        min(s.received_date) as first_received_date,
        max(s.received_at) as received_at
    from speaking as s
    group by s.row_id
)

select * from fct_report_sent
