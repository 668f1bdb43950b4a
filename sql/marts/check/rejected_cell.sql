-- grain: one row per fault of a row that was handed back and still waits: where it is, what is wrong, how to mend it
select
    r.receipt_seq,
    r.file_name,
    r.sheet_no,
    r.table_no,
    r.sheet_name,
    r.row_number,
    r.fault_no,
    r.dataset,
    r.unit_id,
    r.column_letter,
    r.value_zh,
    r.reason_zh
from lake.reject as r
inner join core.fct_returned_row as w
    on
        r.receipt_seq = w.receipt_seq
        and r.sheet_no = w.sheet_no
        and r.table_no = w.table_no
        and r.row_number = w.row_number
