-- grain: one row per month, major hazard not yet closed (销号) at its end, and unit it counts for
-- A ledger states the step of its own 截止日 only; for an earlier month the step follows from the dates.
-- Days stand still at the day the unit's own ledgers reach. is_overdue is the rule of 逾期未整改重大隐患: past the deadline by then and not accepted.
with threshold as (
    select cast(t.value as integer) as due_soon_days
    from catalogue.thresholds as t
    where t.threshold_code = 'due_soon_days'
),

open_item as (
    select
        m.month,
        least(m.last_date, c.data_date) as shown_date,
        c.*,
        case
            when
                c.data_date <= m.last_date
                and c.status_code <> 'closed'
                and (c.status_code <> 'accepted' or c.accepted_date is not null)
                then c.status_code
            when c.accepted_date <= least(m.last_date, c.data_date) then 'accepted'
            when c.rectified_date <= least(m.last_date, c.data_date) then 'awaiting_acceptance'
            else 'rectifying'
        end as step_code,
        c.due_date < c.data_date
        and cast(date_trunc('month', c.due_date + interval 1 day) as date) <= m.month
        and (c.accepted_month is null or c.accepted_month > m.month) as is_past_due
    from core.dim_month as m
    inner join marts.hazard_course as c
        on c.found_month <= m.month and (c.closed_month is null or c.closed_month > m.month)
),

hazard_stock as (
    select
        o.month,
        o.row_id,
        o.unit_role,
        o.unit_id,
        o.territory_id,
        o.sector_code,
        o.step_code as status_code,
        o.due_date,
        coalesce(o.is_past_due, false) as is_overdue,
        case
            when o.is_past_due then cast(date_diff('day', o.due_date, o.shown_date) as integer)
        end as overdue_days,
        coalesce(
            not coalesce(o.is_past_due, false)
            and o.step_code <> 'accepted'
            and o.due_date >= o.shown_date
            and date_diff('day', o.shown_date, o.due_date) <= t.due_soon_days, false
        ) as is_due_soon,
        case
            when o.step_code <> 'accepted' and o.due_date >= o.shown_date
                then cast(date_diff('day', o.shown_date, o.due_date) as integer)
        end as left_days,
        cast(date_diff('day', case o.step_code
            when 'accepted' then o.accepted_date
            when 'awaiting_acceptance' then o.rectified_date
            else o.found_date
        end, o.shown_date) as integer) as stay_days
    from open_item as o
    cross join threshold as t
)

select * from hazard_stock
