-- grain: one row per row of a 补报 in force that a later ledger speaking for its day does not list
-- The row counts until a newer ledger tells of the case or the 补报 is undone: a person should ask.
with speaking as (
    select
        r.row_id,
        arg_max(l.file_name, o.rank_no) as file_name
    from core.fct_sent_row as r
    inner join core.fct_row_state as s on r.row_id = s.row_id
    inner join core.fct_submission_fate as l
        on
            r.dataset = l.dataset
            and r.unit_id = l.unit_id
            and l.mode = 'slice'
            and l.fate in ('whole', 'partial')
            and r.business_date between l.span_from_date and l.span_to_date
    inner join core.fct_submission_order as o
        on l.receipt_seq = o.receipt_seq and l.sheet_no = o.sheet_no and l.table_no = o.table_no
    left join core.fct_returned_case as b
        on
            l.receipt_seq = b.receipt_seq
            and r.dataset = b.dataset
            and r.unit_id = b.unit_id
            and r.identity_key = b.identity_key
    where
        r.mode = 'append'
        and s.state in ('current', 'merged')
        and r.rank_no < o.rank_no
        and b.identity_key is null
    group by r.row_id
),

chk_supplement_unlisted as (
    select
        'supplement_unlisted' as check_code,
        r.receipt_seq,
        r.row_id,
        r.unit_id,
        cast(null as date) as month,
        s.file_name || ' / ' || s.sheet_name || ' 第 ' || r.row_number || ' 行是补报，后来的“' || p.file_name
        || '”没有列入；仍计入，请核对' as detail_zh
    from speaking as p
    inner join core.fct_sent_row as r on p.row_id = r.row_id
    inner join core.fct_submission as s
        on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
)

select * from chk_supplement_unlisted
