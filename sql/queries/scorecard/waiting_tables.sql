-- grain: one row per kind of ledger of which tables wait for a person: how many, with how many records and deaths in them
select
    w.dataset,
    coalesce(t.name_zh, '未认出的表') as dataset_zh,
    cast(count(distinct w.receipt_seq) as integer) as book_count,
    cast(sum(w.row_count) as integer) as row_count,
    cast(sum(w.death_count) as integer) as death_count,
    min(w.waiting_reason_zh) as waiting_reason_zh
from marts.waiting_table as w
left join catalogue.tables as t on t.table_name = 'core.fct_' || w.dataset
group by w.dataset, t.name_zh, t.sort_no
order by cast(t.sort_no as integer) nulls last, w.dataset nulls last
