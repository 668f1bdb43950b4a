-- grain: one row per reason and kind of ledger of what counts nowhere yet: tables that wait for a person, rows handed back
-- waiting: how many workbooks, with how many records and deaths in them. returned: rows in months up to the chosen one.
with uncounted as (
    select
        'waiting' as reason,
        w.dataset,
        cast(count(distinct w.receipt_seq) as integer) as book_count,
        cast(sum(w.row_count) as integer) as row_count,
        cast(sum(w.death_count) as integer) as death_count,
        min(w.waiting_reason_zh) as waiting_reason_zh
    from marts.waiting_table as w
    group by w.dataset

    union all

    select
        'returned' as reason,
        r.dataset,
        cast(null as integer) as book_count,
        cast(count(*) as integer) as row_count,
        cast(sum(r.death_count) as integer) as death_count,
        cast(null as varchar) as waiting_reason_zh
    from core.fct_returned_row as r
    where coalesce(r.business_date, r.span_from_date) <= last_day(cast(:month as date))
    group by r.dataset
)

select
    u.reason,
    u.dataset,
    coalesce(t.name_zh, '未认出的表') as dataset_zh,
    u.book_count,
    u.row_count,
    u.death_count,
    u.waiting_reason_zh
from uncounted as u
left join catalogue.tables as t on t.table_name = 'core.fct_' || u.dataset
order by u.reason, cast(t.sort_no as integer) nulls last, u.dataset nulls last
