-- grain: one row per fault of a handed back row of a unit's ledger: workbook, sheet, row, column, value, reason
select
    r.receipt_seq,
    r.file_name,
    r.sheet_name,
    r.row_number,
    r.column_letter,
    r.value_zh,
    r.reason_zh
from marts.rejected_cell as r
where r.dataset = :dataset and r.unit_id = :unit_id
order by r.receipt_seq desc, r.sheet_no asc, r.table_no asc, r.row_number asc, r.fault_no asc
