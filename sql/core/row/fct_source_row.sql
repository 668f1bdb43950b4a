-- grain: one row per current fact row of any dataset, in the shape a drill-down shows
select
    i.row_id, 'core.fct_incident' as source_table, i.territory_id,
    i.department_id, i.reporter_id as actor_id, i.incident_name as subject_zh,
    i.occurred_date as event_date, cast(null as date) as due_date, i.cancelled_date as done_date,
    c.name_zh as status_zh, cast(null as varchar) as leader_zh,
    cast(null as date) as data_date,
    '死亡' || i.death_count || '人、重伤' || i.serious_injury_count || '人' as detail_zh,
    i.file_hash, i.file_name, i.sheet_name,
    i.row_number, i.receipt_seq
from core.fct_incident as i
left join catalogue.codes as c on c.code_list = 'incident_status' and i.status_code = c.code

union all

select
    h.row_id, 'core.fct_hazard' as source_table, h.territory_id,
    h.department_id, h.reporter_id as actor_id, h.enterprise_name as subject_zh,
    h.found_date as event_date, h.effective_due_date as due_date, h.done_date,
    c.name_zh as status_zh, h.responsible_leader as leader_zh,
    h.data_date, h.hazard_text as detail_zh,
    h.file_hash, h.file_name, h.sheet_name,
    h.row_number, h.receipt_seq
from core.fct_hazard as h
left join catalogue.codes as c on c.code_list = 'hazard_status' and h.status_code = c.code

union all

select
    e.row_id, 'core.fct_enforcement' as source_table, e.territory_id,
    e.department_id, e.actor_id, e.enterprise_name as subject_zh,
    e.inspected_date as event_date, cast(null as date) as due_date, e.penalty_date as done_date,
    case when e.is_penalised then '已处罚' else '未处罚' end as status_zh,
    cast(null as varchar) as leader_zh,
    cast(null as date) as data_date, coalesce(e.case_no, e.record_no) as detail_zh,
    e.file_hash, e.file_name, e.sheet_name,
    e.row_number, e.receipt_seq
from core.fct_enforcement as e

union all

select
    t.row_id, 'core.fct_training_roster' as source_table, t.territory_id,
    t.department_id, t.reporter_id as actor_id, t.enterprise_name as subject_zh,
    make_date(t.plan_year, 1, 1) as event_date, make_date(t.plan_year, 12, 31) as due_date,
    cast(null as date) as done_date, '应训' as status_zh, cast(null as varchar) as leader_zh,
    cast(null as date) as data_date,
    c.name_zh as detail_zh,
    t.file_hash, t.file_name, t.sheet_name,
    t.row_number, t.receipt_seq
from core.fct_training_roster as t
left join catalogue.codes as c on c.code_list = 'training_category' and t.category_code = c.code

union all

select
    t.row_id, 'core.fct_training_record' as source_table, 'unassigned' as territory_id,
    'unassigned' as department_id, t.reporter_id as actor_id, t.enterprise_name as subject_zh,
    t.trained_date as event_date, cast(null as date) as due_date, t.trained_date as done_date,
    r.name_zh as status_zh, cast(null as varchar) as leader_zh,
    cast(null as date) as data_date, c.name_zh as detail_zh,
    t.file_hash, t.file_name, t.sheet_name,
    t.row_number, t.receipt_seq
from core.fct_training_record as t
left join catalogue.codes as c on c.code_list = 'training_category' and t.category_code = c.code
left join catalogue.codes as r on r.code_list = 'training_result' and t.result_code = r.code

union all

select
    e.row_id, 'core.fct_economy' as source_table, 'unassigned' as territory_id,
    'unassigned' as department_id, e.reporter_id as actor_id, c.name_zh as subject_zh,
    e.month_to as event_date, cast(null as date) as due_date, e.published_date as done_date,
    v.name_zh as status_zh, cast(null as varchar) as leader_zh,
    cast(null as date) as data_date, e.source_text as detail_zh,
    e.file_hash, e.file_name, e.sheet_name,
    e.row_number, e.receipt_seq
from core.fct_economy as e
left join catalogue.codes as c on c.code_list = 'economy_metric' and e.metric_code = c.code
left join catalogue.codes as v on v.code_list = 'economy_version' and e.version_code = v.code

union all

select
    r.row_id, 'core.fct_reported' as source_table, r.reporter_id as territory_id,
    'unassigned' as department_id, r.reporter_id as actor_id, c.name_zh as subject_zh,
    r.report_month as event_date, cast(null as date) as due_date, cast(null as date) as done_date,
    '上报汇总数' as status_zh, cast(null as varchar) as leader_zh,
    cast(null as date) as data_date, '无逐起记录' as detail_zh,
    r.file_hash, r.file_name, r.sheet_name,
    r.row_number, r.receipt_seq
from core.fct_reported as r
left join catalogue.codes as c on c.code_list = 'reported_item' and r.item_code = c.code

union all

select
    d.row_id, 'core.fct_report_duty' as source_table, 'unassigned' as territory_id,
    'unassigned' as department_id, d.unit_id as actor_id, u.name_zh as subject_zh,
    d.month as event_date, cast(null as date) as due_date, d.as_of_date as done_date,
    case when d.is_reported then '已报' else '未报' end as status_zh,
    cast(null as varchar) as leader_zh,
    cast(null as date) as data_date, t.name_zh as detail_zh,
    d.file_hash, d.file_name, d.sheet_name,
    cast(null as integer) as row_number, d.receipt_seq
from core.fct_report_duty as d
left join core.dim_unit as u on d.unit_id = u.unit_id
left join catalogue.tables as t on t.table_name = 'core.' || 'fct_' || d.dataset
