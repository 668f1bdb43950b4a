-- grain: one row per accepted workbook row that no longer counts, with the submission it came by
select
    s.row_id as row_id,
    s.dataset as dataset,
    s.receipt_seq as receipt_seq,
    s.unit_id as unit_id,
    s.state as state
from core.fct_row_state as s
where s.state <> 'current'
