-- grain: one row per table of a sheet and kind of rows that are no records: titles, heads, totals, notes, unrecognised sheets
select
    s.receipt_seq,
    s.file_name,
    s.sheet_no,
    s.table_no,
    s.sheet_name,
    s.dataset,
    s.unit_id,
    s.skip_kind,
    s.row_count
from lake.skip as s
