-- grain: one row per row that tells of a case its own submission tells of again: it counts once, as written last
select
    'typed_twice' as check_code,
    r.receipt_seq,
    k.row_id,
    r.unit_id,
    cast(null as date) as month,
    s.file_name || ' / ' || s.sheet_name || ' 第 ' || r.row_number || ' 行与第 ' || k.row_number
    || ' 行' || case when k.sheet_no = r.sheet_no then '' else '（另一张工作表）' end
    || '是同一件，只计后一行' as detail_zh
from core.fct_row_standing as t
inner join core.fct_sent_row as r on t.row_id = r.row_id
inner join core.fct_sent_row as k on t.typed_row_id = k.row_id
inner join core.fct_row_state as c on k.row_id = c.row_id
inner join core.fct_submission as s
    on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
where c.state in ('current', 'merged')
