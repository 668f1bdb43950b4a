-- grain: one row per unit and ledger due for the month that is not there in full: not sent, sent and waiting, or handed back
with owed as (
    select
        m.dataset,
        m.unit_id,
        coalesce(m.state, 'missing') as state,
        m.rejected_count
    from marts.missing_report as m
    where m.month = :month
)

select
    u.unit_id,
    u.name_zh,
    coalesce(t.name_zh, o.dataset) as dataset_zh,
    o.state,
    coalesce(c.name_zh, o.state) || case
        when o.state = 'returned' and o.rejected_count > 0
            then concat(' ', o.rejected_count, ' 行')
        else ''
    end as standing_zh
from owed as o
inner join core.dim_unit as u on o.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || o.dataset
left join catalogue.codes as c on c.code_list = 'report_state' and o.state = c.code
order by u.sort_no, o.dataset
