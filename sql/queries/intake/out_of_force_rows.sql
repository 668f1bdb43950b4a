-- grain: one row per accepted workbook row that no longer counts, with the submission it came by
select
    s.row_id,
    s.dataset,
    s.receipt_seq,
    s.unit_id,
    s.state
from core.fct_row_state as s
where s.state <> 'current'
