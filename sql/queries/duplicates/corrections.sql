-- grain: one row per declared correction that stands and row it changed, newest first (更正)
select
    c.correction_id,
    c.action,
    coalesce(t.name_zh, c.dataset) as dataset_zh,
    c.field_zh,
    c.decided_date,
    c.file_name,
    c.sheet_name,
    c.row_number
from core.fct_correction as c
left join catalogue.tables as t on t.table_name = 'core.fct_' || c.dataset
order by c.correction_id desc, c.file_name asc, c.sheet_name asc, c.row_number asc
