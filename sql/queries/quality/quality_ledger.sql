-- grain: one row per workbook in force, of one unit where asked: rows, loaded, handed back, skipped
with counted as (
    select
        s.receipt_seq,
        s.file_name,
        s.unit_id,
        s.dataset,
        s.row_count,
        s.loaded_count,
        s.rejected_count,
        s.skipped_count
    from core.fct_submission as s

    union all

    select
        k.receipt_seq,
        k.file_name,
        k.unit_id,
        cast(null as varchar) as dataset,
        k.row_count,
        0 as loaded_count,
        0 as rejected_count,
        k.row_count as skipped_count
    from marts.skipped_row as k
    where k.dataset is null
)

select
    c.receipt_seq,
    c.file_name,
    coalesce(string_agg(distinct u.name_zh, '、' order by u.name_zh), '未写明单位') as unit_zh,
    coalesce(string_agg(distinct t.name_zh, '、' order by t.name_zh), '未识别') as dataset_zh,
    cast(sum(c.row_count) as bigint) as row_count,
    cast(sum(c.loaded_count) as bigint) as loaded_count,
    cast(sum(c.rejected_count) as bigint) as rejected_count,
    cast(sum(c.skipped_count) as bigint) as skipped_count
from counted as c
left join core.dim_unit as u on c.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || c.dataset
group by c.receipt_seq, c.file_name
having :unit_id = 'total' or bool_or(c.unit_id = :unit_id)
order by rejected_count desc, c.receipt_seq desc
