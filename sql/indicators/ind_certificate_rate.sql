-- grain: one row per roster line of the three posts (d), and per run of months in which its person holds a certificate (n)
-- A person is named by the first of their lines: keys of persons differ from home to home.
-- Certificates that share a month are one run, so that no month has a line twice; a gap parts two runs.
with roster as (
    select
        r.*,
        min(r.row_id) over (partition by coalesce(r.person_key, r.row_id)) as person_row_id,
        make_date(r.plan_year, 1, 1) as month_from,
        make_date(r.plan_year + 1, 1, 1) as month_after
    from core.fct_training_roster as r
    where r.person_kind_code in ('principal', 'safety_manager', 'special_operator')
),

certificate as (
    select
        r.row_id,
        greatest(r.month_from, cast(date_trunc('month', t.trained_date) as date)) as month_from,
        least(
            cast(r.month_after - interval 1 month as date),
            cast(date_trunc('month', t.certificate_expiry_date) as date)
        ) as month_to
    from roster as r
    inner join core.fct_training_record as t
        on r.person_key = t.person_key and r.person_kind_code = t.person_kind_code
    where t.result_code = 'passed' and t.certificate_expiry_date is not null
),

reached as (
    select
        c.*,
        max(c.month_to) over (
            partition by c.row_id
            order by c.month_from asc nulls last, c.month_to asc nulls last
            rows between unbounded preceding and 1 preceding
        ) as earlier_to
    from certificate as c
),

started as (
    select
        r.row_id,
        r.month_from,
        lead(r.month_from) over (
            partition by r.row_id order by r.month_from asc nulls last
        ) as next_from
    from reached as r
    where r.earlier_to is null or r.month_from > r.earlier_to
),

held as (
    select
        s.row_id,
        s.month_from,
        cast(max(c.month_to) + interval 1 month as date) as month_after
    from started as s
    inner join certificate as c
        on
            s.row_id = c.row_id
            and s.month_from <= c.month_from
            and (s.next_from is null or s.next_from > c.month_from)
    group by s.row_id, s.month_from
),

ind_certificate_rate as (
    select
        'certificate_rate' as indicator_code,
        'd' as part,
        r.month_from as month,
        r.month_after as done_month,
        r.territory_id,
        r.department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        r.person_row_id as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_roster' as source_table,
        r.row_id
    from roster as r

    union all

    select
        'certificate_rate' as indicator_code,
        'n' as part,
        h.month_from as month,
        h.month_after as done_month,
        r.territory_id,
        r.department_id,
        r.reporter_id as actor_id,
        'none' as sector_code,
        'none' as category_code,
        r.person_row_id as entity_id,
        cast(1 as decimal(18, 4)) as amount,
        'core.fct_training_roster' as source_table,
        r.row_id
    from roster as r
    inner join held as h on r.row_id = h.row_id
)

select * from ind_certificate_rate
