-- grain: one row per accepted workbook row with what its submission says, and its turn among corrections of one row
-- A corrected row carries the row id of the rejected row it mends; turn 1 is the one received last.
select
    r.dataset as dataset,
    r.row_id as row_id,
    r.origin_row_id as origin_row_id,
    r.identity_key as identity_key,
    r.business_date as business_date,
    r.receipt_seq as receipt_seq,
    r.sheet_no as sheet_no,
    r.table_no as table_no,
    r.row_number as row_number,
    s.unit_id as unit_id,
    s.as_of_date as as_of_date,
    s.precedence_seq as precedence_seq,
    s.mode as mode,
    row_number() over (
        partition by r.dataset, coalesce(r.origin_row_id, r.row_id)
        order by
            r.receipt_seq desc nulls last, r.sheet_no desc nulls last,
            r.row_number desc nulls last
    ) as correction_turn
from staging.stg_row as r
inner join core.fct_submission as s
    on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
