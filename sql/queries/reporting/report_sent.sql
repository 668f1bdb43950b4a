-- grain: one row per sheet in force that speaks for a unit's ledger of a month, the newest first
select
    s.receipt_seq,
    s.file_name,
    s.sheet_name,
    s.as_of_date,
    s.received_date,
    s.row_count,
    s.loaded_count,
    s.rejected_count,
    s.skipped_count
from core.fct_submission as s
where
    s.dataset = :dataset
    and s.unit_id = :unit_id
    and s.span_from_date < :month + interval 1 month
    and s.span_to_date >= :month
order by s.as_of_date desc, s.receipt_seq desc, s.sheet_name asc
