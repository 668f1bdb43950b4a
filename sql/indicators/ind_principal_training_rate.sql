-- grain: one row per roster line of the plan year (d) and per passed training of such a person in that year (n)
select
    'principal_training_rate' as indicator_code,
    'd' as part,
    make_date(r.plan_year, 1, 1) as month,
    cast(null as date) as done_month,
    r.territory_id as territory_id,
    r.department_id as department_id,
    r.reporter_id as actor_id,
    'none' as sector_code,
    r.category_code as category_code,
    r.credit_code as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_training_roster' as source_table,
    r.row_id as row_id
from core.fct_training_roster as r
where r.person_kind_code in ('principal', 'fire_principal')

union all

select
    'principal_training_rate' as indicator_code,
    'n' as part,
    cast(date_trunc('month', t.trained_date) as date) as month,
    cast(null as date) as done_month,
    r.territory_id as territory_id,
    r.department_id as department_id,
    r.reporter_id as actor_id,
    'none' as sector_code,
    r.category_code as category_code,
    r.credit_code as entity_id,
    cast(1 as decimal(18, 4)) as amount,
    'core.fct_training_record' as source_table,
    t.row_id as row_id
from core.fct_training_record as t
inner join core.fct_training_roster as r
    on
        t.person_key = r.person_key
        and t.credit_code = r.credit_code
        and t.category_code = r.category_code
        and year(t.trained_date) = r.plan_year
where r.person_kind_code in ('principal', 'fire_principal') and t.result_code = 'passed'
