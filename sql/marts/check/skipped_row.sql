-- grain: one row per table of a sheet and kind of rows that are no records: titles, heads, totals, notes, unrecognised sheets
select
    s.receipt_seq as receipt_seq,
    s.file_name as file_name,
    s.sheet_no as sheet_no,
    s.table_no as table_no,
    s.sheet_name as sheet_name,
    s.dataset as dataset,
    s.unit_id as unit_id,
    s.skip_kind as skip_kind,
    s.row_count as row_count
from lake.skip as s
