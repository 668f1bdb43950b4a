-- grain: one row per major hazard (重大隐患) and each unit it counts for, with the days it was found, rectified, accepted and closed
-- A step before the finding is none; 整改 counts as in 重大隐患整改率, 验收 as in 到期闭环率, 销号 only when the ledger says 已销号.
with major as (
    select
        h.row_id,
        h.territory_id,
        h.department_id,
        h.sector_code,
        h.status_code,
        h.data_date,
        h.effective_due_date as due_date,
        h.found_date,
        h.rectified_from_date as rectified_date,
        h.done_date as accepted_date,
        case
            when h.status_code = 'closed' and h.done_date is not null
                then greatest(h.done_date, coalesce(h.closed_date, h.done_date))
        end as closed_date
    from core.fct_hazard as h
    where h.hazard_grade_code = 'major'
),

placed as (
    select
        m.*,
        'total' as unit_role,
        'total' as unit_id
    from major as m

    union all

    select
        m.*,
        'territory' as unit_role,
        m.territory_id as unit_id
    from major as m

    union all

    select
        m.*,
        'department' as unit_role,
        m.department_id as unit_id
    from major as m
),

hazard_course as (
    select
        p.row_id,
        p.unit_role,
        p.unit_id,
        p.territory_id,
        p.sector_code,
        p.status_code,
        p.data_date,
        p.due_date,
        p.found_date,
        p.rectified_date,
        p.accepted_date,
        p.closed_date,
        cast(date_trunc('month', p.found_date) as date) as found_month,
        cast(date_trunc('month', p.accepted_date) as date) as accepted_month,
        cast(date_trunc('month', p.closed_date) as date) as closed_month
    from placed as p
)

select * from hazard_course
