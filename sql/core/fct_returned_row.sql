-- grain: one row per row that was handed back and still waits: of whom, when, what can be read of it
-- A row mended in a 退回工作簿 no longer waits, nor does one of a table whose whole span a newer ledger of the unit speaks for;
-- one that is itself wholly handed back speaks for nothing.
with mended as (
    select distinct r.origin_row_id as origin_row_id
    from staging.stg_row as r
    where r.origin_row_id is not null
),

replaced as (
    select distinct
        o.receipt_seq as receipt_seq,
        o.sheet_no as sheet_no,
        o.table_no as table_no
    from core.fct_submission as o
    inner join core.fct_submission_fate as n
        on
            o.dataset = n.dataset
            and o.unit_id = n.unit_id
            and n.mode = 'slice'
            and n.fate in ('whole', 'partial')
            and n.span_from_date <= o.span_from_date
            and n.span_to_date >= o.span_to_date
    inner join core.fct_submission_order as p
        on
            o.receipt_seq = p.receipt_seq and o.sheet_no = p.sheet_no and o.table_no = p.table_no
    inner join core.fct_submission_order as q
        on
            n.receipt_seq = q.receipt_seq and n.sheet_no = q.sheet_no and n.table_no = q.table_no
            and p.rank_no < q.rank_no
),

standing as (
    select distinct
        r.dataset as dataset,
        r.unit_id as unit_id,
        r.identity_key as identity_key
    from core.fct_sent_row as r
    inner join core.fct_row_standing as s on r.row_id = s.row_id
    where s.state = 'current'
),

fct_returned_row as (
    select
        r.row_id as row_id,
        r.dataset as dataset,
        s.unit_id as unit_id,
        r.receipt_seq as receipt_seq,
        r.sheet_no as sheet_no,
        r.table_no as table_no,
        r.row_number as row_number,
        r.file_name as file_name,
        r.sheet_name as sheet_name,
        case
            when r.business_date between s.span_from_date and s.span_to_date then r.business_date
        end as business_date,
        s.span_from_date as span_from_date,
        s.span_to_date as span_to_date,
        r.death_count as death_count,
        r.hazard_grade_code as hazard_grade_code,
        v.identity_key is not null as has_older_version
    from lake.returned_row as r
    inner join core.fct_submission as s
        on
            r.receipt_seq = s.receipt_seq
            and r.sheet_no = s.sheet_no
            and r.table_no = s.table_no
    left join standing as v
        on
            s.dataset = v.dataset
            and s.unit_id = v.unit_id
            and r.identity_key = v.identity_key
    left join mended as m on r.row_id = m.origin_row_id
    left join replaced as p
        on r.receipt_seq = p.receipt_seq and r.sheet_no = p.sheet_no and r.table_no = p.table_no
    where m.origin_row_id is null and p.receipt_seq is null
)

select * from fct_returned_row
