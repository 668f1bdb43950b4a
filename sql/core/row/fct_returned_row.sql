-- grain: one row per row that was handed back and still waits: of whom, when, what can be read of it
-- A row mended in a 退回工作簿 no longer waits, nor one that something newer tells of: its case, readable or handed back once
-- more (then that one waits), or as a ledger that speaks for every day it may lie on; one wholly handed back speaks for none.
with mended as (
    select distinct r.origin_row_id
    from staging.stg_row as r
    where r.origin_row_id is not null
),

sent as (
    select
        r.row_id,
        r.dataset,
        s.unit_id,
        r.receipt_seq,
        r.sheet_no,
        r.table_no,
        r.row_number,
        r.file_name,
        r.sheet_name,
        case
            when r.business_date between s.span_from_date and s.span_to_date then r.business_date
        end as business_date,
        s.span_from_date,
        s.span_to_date,
        r.death_count,
        r.hazard_grade_code,
        r.identity_key,
        o.rank_no
    from lake.returned_row as r
    inner join core.fct_submission as s
        on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
    inner join core.fct_submission_order as o
        on r.receipt_seq = o.receipt_seq and r.sheet_no = o.sheet_no and r.table_no = o.table_no
    left join mended as m on r.row_id = m.origin_row_id
    where m.origin_row_id is null
),

dated as (
    select
        s.*,
        coalesce(s.business_date, s.span_from_date) as from_date,
        coalesce(s.business_date, s.span_to_date) as to_date
    from sent as s
),

told as (
    select d.row_id
    from dated as d
    inner join core.fct_submission_fate as n
        on
            d.dataset = n.dataset
            and d.unit_id = n.unit_id
            and n.mode = 'slice'
            and n.fate in ('whole', 'partial')
            and n.span_from_date <= d.from_date
            and n.span_to_date >= d.to_date
    inner join core.fct_submission_order as q
        on
            n.receipt_seq = q.receipt_seq and n.sheet_no = q.sheet_no and n.table_no = q.table_no
            and d.rank_no < q.rank_no

    union

    select d.row_id
    from dated as d
    inner join core.fct_sent_row as n
        on
            d.dataset = n.dataset
            and d.unit_id = n.unit_id
            and d.identity_key = n.identity_key
            and d.rank_no < n.rank_no
    where not coalesce(n.is_by_name, false) or n.business_date between d.from_date and d.to_date

    union

    select d.row_id
    from dated as d
    inner join dated as n
        on
            d.dataset = n.dataset
            and d.unit_id = n.unit_id
            and d.identity_key = n.identity_key
            and d.rank_no < n.rank_no
            and d.from_date <= n.to_date
            and d.to_date >= n.from_date
),

standing as (
    select distinct
        r.dataset,
        r.unit_id,
        r.identity_key
    from core.fct_sent_row as r
    inner join core.fct_row_standing as s on r.row_id = s.row_id
    where s.state = 'current'
),

fct_returned_row as (
    select
        d.row_id, d.dataset, d.unit_id,
        d.receipt_seq, d.sheet_no, d.table_no,
        d.row_number, d.file_name, d.sheet_name,
        d.business_date,
        d.span_from_date, d.span_to_date,
        d.death_count, d.hazard_grade_code,
        v.identity_key is not null as has_older_version
    from dated as d
    left join standing as v
        on
            d.dataset = v.dataset
            and d.unit_id = v.unit_id
            and d.identity_key = v.identity_key
    left join told as t on d.row_id = t.row_id
    where t.row_id is null
)

select * from fct_returned_row
