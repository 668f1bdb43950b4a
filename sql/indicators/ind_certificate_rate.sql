-- grain: one row per roster line of the three posts (d), and per one of them with a certificate (n), for the months it holds
with roster as (
    select
        r.*,
        make_date(r.plan_year, 1, 1) as month_from,
        make_date(r.plan_year + 1, 1, 1) as month_after
    from core.fct_training_roster as r
    where r.person_kind_code in ('principal', 'safety_manager', 'special_operator')
),

certified as (
    select
        r.row_id as row_id,
        min(cast(date_trunc('month', t.trained_date) as date)) as month_from,
        max(
            cast(date_trunc('month', t.certificate_expiry_date) + interval 1 month as date)
        ) as month_after
    from roster as r
    inner join core.fct_training_record as t
        on r.person_key = t.person_key and r.person_kind_code = t.person_kind_code
    where t.result_code = 'passed' and t.certificate_expiry_date is not null
    group by r.row_id
),

ind_certificate_rate as (
    select
        'certificate_rate' as indicator_code,
        'd' as part,
        r.month_from as month,
        r.month_after as done_month,
        r.territory_id as territory_id,
        r.department_id as department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        r.row_id as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_roster' as source_table,
        r.row_id as row_id
    from roster as r

    union all

    select
        'certificate_rate' as indicator_code,
        'n' as part,
        greatest(r.month_from, c.month_from) as month,
        least(r.month_after, c.month_after) as done_month,
        r.territory_id as territory_id,
        r.department_id as department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        r.row_id as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_roster' as source_table,
        r.row_id as row_id
    from roster as r
    inner join certified as c on r.row_id = c.row_id
)

select * from ind_certificate_rate
