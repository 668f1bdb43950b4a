-- grain: one row per dataset, role, unit with ledgers of its own (a group: of its members) and the sender of one of them
-- All other units are spoken for by every sender of the dataset.
select distinct
    s.dataset,
    r.own_role as unit_role,
    s.unit_id,
    s.unit_id as sender_id
from core.fct_report_sender as s
inner join catalogue.coverage_rules as r on s.dataset = r.dataset
where s.covers = 'own'

union all

select distinct
    s.dataset,
    'group' as unit_role,
    u.group_code as unit_id,
    s.unit_id as sender_id
from core.fct_report_sender as s
inner join catalogue.coverage_rules as r on s.dataset = r.dataset and r.own_role = 'territory'
inner join core.dim_unit as u on s.unit_id = u.unit_id
where s.covers = 'own' and u.is_territory and u.group_code <> ''
