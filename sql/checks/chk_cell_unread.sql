-- grain: one row per cell of a row in force that nobody can read and that says whose or of which kind the row is
select
    'cell_unread' as check_code,
    d.receipt_seq,
    d.row_id,
    d.unit_id,
    cast(null as date) as month,
    d.file_name || ' / ' || d.sheet_name || ' 第 ' || d.row_number || ' 行：' || d.reason_zh
        as detail_zh
from lake.doubt as d
inner join core.fct_row_state as r on d.row_id = r.row_id
where r.state = 'current'
