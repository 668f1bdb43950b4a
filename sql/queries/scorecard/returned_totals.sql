-- grain: one row per kind of ledger of which rows were handed back and still wait, in months up to the chosen one
select
    r.dataset,
    coalesce(t.name_zh, r.dataset) as dataset_zh,
    cast(count(*) as integer) as row_count,
    cast(sum(r.death_count) as integer) as death_count
from core.fct_returned_row as r
left join catalogue.tables as t on t.table_name = 'core.fct_' || r.dataset
where coalesce(r.business_date, r.span_from_date) <= last_day(cast(:month as date))
group by r.dataset, t.name_zh, t.sort_no
order by cast(t.sort_no as integer) nulls last, r.dataset nulls last
