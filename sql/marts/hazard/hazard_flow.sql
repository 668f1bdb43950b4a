-- grain: one row per month and unit: major hazards open at the end of the month before, found, closed, open at its end
-- Each of the four is counted on its own, so that 上月末＋新增－销号＝本月末 is a fact checks.chk_hazard_flow can test.
with unit as (
    select
        'total' as unit_role,
        'total' as unit_id

    union all

    select
        'territory' as unit_role,
        u.unit_id
    from core.dim_unit as u
    where u.is_territory

    union all

    select
        'department' as unit_role,
        u.unit_id
    from core.dim_unit as u
    where u.is_department
),

touched as (
    select
        m.month,
        u.unit_role,
        u.unit_id,
        c.found_month,
        c.closed_month
    from core.dim_month as m
    cross join unit as u
    left join marts.hazard_course as c
        on u.unit_role = c.unit_role and u.unit_id = c.unit_id and c.found_month <= m.month
),

hazard_flow as (
    select
        t.month,
        t.unit_role,
        t.unit_id,
        cast(count(
            case
                when
                    t.found_month < t.month
                    and (t.closed_month is null or t.closed_month >= t.month)
                    then 1
            end
        ) as integer) as opening_count,
        cast(count(case when t.found_month = t.month then 1 end) as integer) as found_count,
        cast(count(case when t.closed_month = t.month then 1 end) as integer) as closed_count,
        cast(count(
            case
                when
                    t.found_month <= t.month
                    and (t.closed_month is null or t.closed_month > t.month)
                    then 1
            end
        ) as integer) as closing_count
    from touched as t
    group by t.month, t.unit_role, t.unit_id
)

select * from hazard_flow
