-- grain: one row per unit and ledger due for the month that is not there in full: not sent, sent and waiting, or handed back
select
    u.unit_id,
    u.name_zh,
    coalesce(t.name_zh, m.dataset) as dataset_zh,
    coalesce(m.state, 'missing') as state,
    coalesce(m.standing_zh, c.name_zh, '未报') as standing_zh
from marts.missing_report as m
inner join core.dim_unit as u on m.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || m.dataset
left join catalogue.codes as c on c.code_list = 'report_state' and m.state = c.code
where m.month = :month
order by u.sort_no, m.dataset
