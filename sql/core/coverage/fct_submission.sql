-- grain: one row per submitted table (several when stacked in one sheet) that is in force: who sent what, up to which day (数据截至), filled in when, speaking for which span
select
    s.receipt_seq,
    s.sheet_no,
    s.table_no,
    s.sheet_name,
    s.dataset,
    s.unit_id,
    s.as_of_date,
    s.filed_date,
    s.received_at,
    s.received_date,
    s.span_from_date,
    case
        when s.span_to_date is not null then least(s.span_to_date, s.as_of_date)
    end as span_to_date,
    s.mode,
    coalesce(s.origin_seq, s.receipt_seq) as precedence_seq,
    s.file_hash,
    s.file_name,
    s.row_count,
    s.loaded_count,
    s.rejected_count,
    s.skipped_count
from staging.stg_submission as s
