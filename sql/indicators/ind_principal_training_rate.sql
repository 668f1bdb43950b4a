-- grain: one row per roster line of the plan year (d) and per one of them whose person passed in that year (n), by the first pass
with roster as (
    select r.*
    from core.fct_training_roster as r
    where r.person_kind_code in ('principal', 'fire_principal')
),

passed as (
    select
        r.territory_id,
        r.department_id,
        r.reporter_id,
        r.category_code,
        r.credit_code,
        t.trained_date,
        t.row_id,
        row_number() over (
            partition by r.row_id order by t.trained_date asc nulls last, t.row_id asc nulls last
        ) as turn
    from core.fct_training_record as t
    inner join roster as r
        on
            t.person_key = r.person_key
            and t.credit_code = r.credit_code
            and t.category_code = r.category_code
            and year(t.trained_date) = r.plan_year
    where t.result_code = 'passed'
),

ind_principal_training_rate as (
    select
        'principal_training_rate' as indicator_code,
        'd' as part,
        make_date(r.plan_year, 1, 1) as month,
        cast(null as date) as done_month,
        r.territory_id,
        r.department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        r.category_code,
        r.credit_code as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_roster' as source_table,
        r.row_id
    from roster as r

    union all

    select
        'principal_training_rate' as indicator_code,
        'n' as part,
        cast(date_trunc('month', p.trained_date) as date) as month,
        cast(null as date) as done_month,
        p.territory_id,
        p.department_id,
        p.reporter_id as actor_id,
        'none' as sector_code,
        p.category_code,
        p.credit_code as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_record' as source_table,
        p.row_id
    from passed as p
    where p.turn = 1
)

select * from ind_principal_training_rate
