-- grain: one row per submitted table whose rows are not all loaded, rejected or skipped
select
    'sheet_balance' as check_code,
    s.receipt_seq,
    cast(null as varchar) as row_id,
    s.unit_id,
    cast(date_trunc('month', s.span_to_date) as date) as month,
    s.file_name || ' / ' || s.sheet_name || '：共 ' || s.row_count || ' 行，入库 ' || s.loaded_count
    || '、退回 ' || s.rejected_count || '、跳过 ' || s.skipped_count as detail_zh
from core.fct_submission as s
where s.row_count <> s.loaded_count + s.rejected_count + s.skipped_count
