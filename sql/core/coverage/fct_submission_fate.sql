-- grain: one row per submitted table with what became of it: whole, partial, returned or held, and the span it speaks for
-- returned: nothing of it can be counted on: every row was handed back (none is mended yet), or it is a 合计 alone. Such a table
-- replaces nothing and makes nothing known. partial: some rows wait handed back. held: it waits for a person and takes no part.
with mended as (
    select
        b.receipt_seq,
        b.sheet_no,
        b.table_no,
        count(distinct b.row_id) as row_count
    from lake.returned_row as b
    inner join staging.stg_row as r on b.row_id = r.origin_row_id
    group by b.receipt_seq, b.sheet_no, b.table_no
),

only_totals as (
    select distinct
        t.receipt_seq,
        t.sheet_name
    from core.fct_stated_total as t
    where t.summed_amount = 0 and t.stated_amount <> 0
),

sent as (
    select
        s.receipt_seq,
        s.sheet_no,
        s.table_no,
        case
            when s.loaded_count + coalesce(m.row_count, 0) > 0
                then
                    case
                        when s.rejected_count > coalesce(m.row_count, 0) then 'partial'
                        else 'whole'
                    end
            when s.rejected_count = 0 and t.receipt_seq is null then 'whole'
            else 'returned'
        end as fate
    from core.fct_submission as s
    left join mended as m
        on s.receipt_seq = m.receipt_seq and s.sheet_no = m.sheet_no and s.table_no = m.table_no
    left join only_totals as t
        on s.receipt_seq = t.receipt_seq and s.sheet_name = t.sheet_name
),

fct_submission_fate as (
    select
        s.receipt_seq,
        s.sheet_no,
        s.table_no,
        s.dataset,
        s.unit_id,
        s.mode,
        s.span_from_date,
        s.span_to_date,
        s.as_of_date,
        s.filed_date,
        s.file_hash,
        s.file_name,
        s.sheet_name,
        f.fate
    from core.fct_submission as s
    inner join sent as f
        on s.receipt_seq = f.receipt_seq and s.sheet_no = f.sheet_no and s.table_no = f.table_no

    union all

    select
        h.receipt_seq,
        h.sheet_no,
        h.table_no,
        h.dataset,
        h.unit_id,
        h.mode,
        h.span_from_date,
        least(h.span_to_date, h.as_of_date) as span_to_date,
        h.as_of_date,
        h.filed_date,
        h.file_hash,
        h.file_name,
        h.sheet_name,
        'held' as fate
    from lake.held_sheet as h
)

select * from fct_submission_fate
