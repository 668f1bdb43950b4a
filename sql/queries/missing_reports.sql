-- grain: one row per unit and ledger due for the month that is not there in full: not sent, sent and waiting, or handed back
select
    u.unit_id as unit_id,
    u.name_zh as name_zh,
    coalesce(t.name_zh, m.dataset) as dataset_zh,
    m.state as state,
    coalesce(c.name_zh, m.state) || case
        when m.state = 'returned' and r.rejected_count > 0
            then concat(' ', r.rejected_count, ' 行')
        else ''
    end as standing_zh
from marts.missing_report as m
inner join marts.report_state as r
    on m.dataset = r.dataset and m.unit_id = r.unit_id and m.month = r.month
inner join core.dim_unit as u on m.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || m.dataset
left join catalogue.codes as c on c.code_list = 'report_state' and m.state = c.code
where m.month = :month
order by u.sort_no, m.dataset
