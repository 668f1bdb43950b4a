-- grain: one row per dataset, unit and month the calendar asks for: due day, what came and when, in which state
-- 迟报 is judged by the day of receipt, and only where the due day lies after the first receipt of this warehouse: older
-- months came in one load and nobody can say when they were sent. 零报告: the month is spoken for, has no row in it, and
-- no row of the sender that may lie in it waits handed back. 未纳入: before the dataset was taken into use, and no ledger speaks for it.
with in_use as (
    select min(s.received_date) as in_use_from_date
    from core.fct_submission as s
),

handed_back as (
    select
        c.row_id,
        cast(count(*) as integer) as rejected_count
    from core.fct_coverage as c
    inner join core.fct_returned_row as r
        on
            c.receipt_seq = r.receipt_seq
            and c.sheet_no = r.sheet_no
            and c.table_no = r.table_no
    group by c.row_id
),

doubtful as (
    select distinct c.row_id
    from core.fct_coverage as c
    inner join core.fct_returned_row as r
        on
            c.dataset = r.dataset
            and c.unit_id = r.unit_id
            and coalesce(r.business_date, r.span_from_date) <= c.last_date
            and coalesce(r.business_date, r.span_to_date) >= c.month
),

monthly_rows as (
    select
        c.row_id,
        cast(count(*) as integer) as row_count
    from core.fct_coverage as c
    inner join core.fct_row_state as r
        on
            c.dataset = r.dataset
            and c.unit_id = r.unit_id
            and r.state = 'current'
            and r.business_date between c.month and c.last_date
    group by c.row_id
),

stated as (
    select
        c.dataset,
        c.unit_id,
        c.month,
        c.rhythm,
        c.due_date,
        case
            when c.state in ('missing', 'not_due', 'held', 'returned') then c.state
            when c.state = 'known_to' then 'partial'
            when c.due_date >= u.in_use_from_date and s.first_received_date > c.due_date
                then 'late'
            when
                c.rhythm = 'month'
                and m.row_id is null
                and d.row_id is null
                then 'zero'
            else 'reported'
        end as state,
        coalesce(c.due_date >= u.in_use_from_date, false) as is_lateness_known,
        coalesce(m.row_count, 0) as row_count,
        coalesce(b.rejected_count, 0) as rejected_count,
        coalesce(s.revision_count, 0) as revision_count,
        s.first_received_at,
        s.first_received_date,
        s.received_at,
        case
            when c.state in ('known', 'known_to', 'returned') then c.as_of_date
        end as as_of_date,
        case
            when c.state in ('known', 'known_to', 'returned') then c.receipt_seq
        end as receipt_seq,
        case when c.state in ('known', 'known_to', 'returned') then c.file_name end as file_name,
        case when c.state in ('known', 'known_to', 'returned') then c.sheet_name end as sheet_name,
        h.receipt_seq as held_receipt_seq,
        h.file_name as held_file_name,
        h.held_reason_zh
    from core.fct_coverage as c
    cross join in_use as u
    left join core.fct_report_sent as s on c.row_id = s.row_id
    left join handed_back as b on c.row_id = b.row_id
    left join doubtful as d on c.row_id = d.row_id
    left join monthly_rows as m on c.row_id = m.row_id
    left join marts.held_duty as h
        on c.dataset = h.dataset and c.unit_id = h.unit_id and c.month = h.month
    where c.is_asked
),

report_state as (
    select
        s.dataset,
        s.unit_id,
        s.month,
        s.rhythm,
        s.due_date,
        s.state,
        coalesce(c.name_zh, s.state) || case
            when s.state = 'returned' and s.rejected_count > 0
                then ' ' || cast(s.rejected_count as varchar) || ' 行'
            else ''
        end as standing_zh,
        s.is_lateness_known,
        s.row_count, s.rejected_count, s.revision_count,
        s.first_received_at, s.first_received_date, s.received_at,
        s.as_of_date,
        s.receipt_seq, s.file_name, s.sheet_name,
        s.held_receipt_seq, s.held_file_name, s.held_reason_zh
    from stated as s
    left join catalogue.codes as c on c.code_list = 'report_state' and s.state = c.code
)

select * from report_state
