-- grain: one row per major hazard that has fallen due (d) and per one of them that is done (n)
-- What falls due after the ledger's day is not yet due, unless that ledger already calls it done.
select
    'major_hazard_closure_rate' as indicator_code,
    'd' as part,
    cast(date_trunc('month', h.effective_due_date) as date) as month,
    cast(null as date) as done_month,
    h.territory_id,
    h.department_id,
    h.reporter_id as actor_id,
    h.sector_code,
    'none' as category_code,
    h.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_hazard' as source_table,
    h.row_id
from core.fct_hazard as h
where
    h.hazard_grade_code = 'major'
    and (h.effective_due_date <= h.data_date or h.done_date is not null)

union all

select
    'major_hazard_closure_rate' as indicator_code,
    'n' as part,
    cast(date_trunc('month', h.effective_due_date) as date) as month,
    cast(date_trunc('month', h.done_date) as date) as done_month,
    h.territory_id,
    h.department_id,
    h.reporter_id as actor_id,
    h.sector_code,
    'none' as category_code,
    h.row_id as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_hazard' as source_table,
    h.row_id
from core.fct_hazard as h
where h.hazard_grade_code = 'major'
