-- grain: one row per month, unit and step (状态) that open major hazards stand at, the ones overdue among them, days of stay
with hazard_state as (
    select
        s.month,
        s.unit_role,
        s.unit_id,
        s.status_code,
        cast(count(*) as integer) as item_count,
        cast(count(case when s.is_overdue then 1 end) as integer) as overdue_count,
        cast(
            round(percentile_cont(0.5) within group (order by s.stay_days asc nulls last), 0)
            as integer
        ) as median_days
    from marts.hazard_stock as s
    group by s.month, s.unit_role, s.unit_id, s.status_code
)

select * from hazard_state
