-- grain: one row per submission, dataset, unit and case of which it hands back a row that nobody has mended yet
-- What a ledger names but hands back is no less there: an older version of it stays until the mended row is in.
with mended as (
    select distinct r.origin_row_id
    from staging.stg_row as r
    where r.origin_row_id is not null
),

fct_returned_case as (
    select distinct
        b.receipt_seq,
        s.dataset,
        s.unit_id,
        b.identity_key
    from lake.returned_row as b
    inner join core.fct_submission as s
        on b.receipt_seq = s.receipt_seq and b.sheet_no = s.sheet_no and b.table_no = s.table_no
    left join mended as m on b.row_id = m.origin_row_id
    where b.identity_key is not null and m.origin_row_id is null
)

select * from fct_returned_case
