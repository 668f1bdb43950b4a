-- grain: one row per unit and kind of ledger due for the month, in administrative order
select
    u.unit_id,
    u.name_zh as unit_zh,
    r.dataset,
    coalesce(t.name_zh, r.dataset) as dataset_zh,
    r.month,
    r.due_date,
    r.state,
    coalesce(c.name_zh, r.state) as state_zh,
    coalesce(r.standing_zh, c.name_zh, r.state) as standing_zh,
    r.is_lateness_known,
    r.row_count,
    r.rejected_count,
    r.revision_count,
    r.first_received_at,
    r.first_received_date,
    r.as_of_date,
    r.file_name,
    r.held_file_name,
    r.held_reason_zh
from marts.report_state as r
inner join core.dim_unit as u on r.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.fct_' || r.dataset
left join catalogue.codes as c on c.code_list = 'report_state' and r.state = c.code
where r.month = :month
order by u.sort_no, u.unit_id, cast(t.sort_no as integer), r.dataset
