-- grain: one row per submission and kind of ledger: whose, as of when, its rows, and how many of them count now
with counting as (
    select
        r.receipt_seq,
        r.dataset,
        count(*) as current_count
    from core.fct_row_state as r
    where r.state = 'current'
    group by r.receipt_seq, r.dataset
)

select
    s.receipt_seq,
    s.dataset,
    coalesce(t.name_zh, s.dataset) as dataset_zh,
    s.unit_id,
    u.name_zh as unit_zh,
    max(s.as_of_date) as as_of_date,
    min(s.span_from_date) as span_from_date,
    max(s.span_to_date) as span_to_date,
    sum(s.loaded_count) as loaded_count,
    sum(s.rejected_count) as rejected_count,
    max(coalesce(c.current_count, 0)) as current_count
from core.fct_submission as s
left join core.dim_unit as u on s.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || s.dataset
left join counting as c on s.receipt_seq = c.receipt_seq and s.dataset = c.dataset
group by s.receipt_seq, s.dataset, t.name_zh, s.unit_id, u.name_zh
order by s.receipt_seq desc, s.dataset asc
