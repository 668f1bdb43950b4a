-- grain: one row per fault of a handed back row in force, of one unit where asked
select
    r.receipt_seq,
    coalesce(u.name_zh, '未写明单位') as unit_zh,
    coalesce(t.name_zh, r.dataset) as dataset_zh,
    r.file_name,
    r.sheet_name,
    r.row_number,
    r.column_letter,
    r.value_zh,
    r.reason_zh
from marts.rejected_cell as r
left join core.dim_unit as u on r.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || r.dataset
where :unit_id in ('total', r.unit_id)
order by u.sort_no, r.receipt_seq, r.sheet_no, r.table_no, r.row_number, r.fault_no
