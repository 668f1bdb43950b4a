-- grain: one row per current row whose date lies outside the span its own ledger speaks for
-- Such a row counts, but a ledger sent again without it would not withdraw it: a person should look.
select
    'outside_span' as check_code,
    r.receipt_seq,
    r.row_id,
    r.unit_id,
    cast(null as date) as month,
    f.file_name || ' / ' || f.sheet_name || ' 第 ' || f.row_number || ' 行：日期 ' || r.business_date
    || ' 不在台账期间内' as detail_zh
from core.fct_row_state as r
inner join core.fct_source_row as f on r.row_id = f.row_id
inner join staging.stg_row as t on r.row_id = t.row_id
inner join core.fct_submission as s
    on t.receipt_seq = s.receipt_seq and t.sheet_no = s.sheet_no and t.table_no = s.table_no
where
    r.state = 'current'
    and s.mode = 'slice'
    and r.business_date not between s.span_from_date and s.span_to_date
