-- grain: one row per dataset, role, unit spoken for and month: what became of what its senders sent, and the day on which they close
-- A unit that reports for itself speaks for itself, all others are spoken for by everybody. sent_state is null where one of
-- them owes the month (未报), or where somebody has spoken: returned (已送退回) and held (待确认) are not 未报.
with sender_month as (
    select
        c.dataset,
        c.unit_id,
        c.month,
        c.state,
        case
            when s.rhythm = 'month' and s.close_date < s.last_date
                then cast(extract(day from s.close_date) as integer)
        end as closes_day
    from core.fct_coverage as c
    inner join core.fct_report_sender as s
        on c.dataset = s.dataset and c.unit_id = s.unit_id and c.month = s.month
),

own_month as (
    select
        o.dataset,
        o.unit_role,
        o.unit_id,
        s.month,
        max(case when s.state in ('missing', 'known', 'known_to') then 1 else 0 end) as is_plain,
        max(case when s.state = 'returned' then 1 else 0 end) as is_returned,
        max(case when s.state = 'held' then 1 else 0 end) as is_held,
        max(s.closes_day) as closes_day
    from core.dim_own_speaker as o
    inner join sender_month as s on o.dataset = s.dataset and o.sender_id = s.unit_id
    group by o.dataset, o.unit_role, o.unit_id, s.month
),

any_month as (
    select
        s.dataset,
        s.month,
        max(case when s.state in ('missing', 'known', 'known_to') then 1 else 0 end) as is_plain,
        max(case when s.state = 'returned' then 1 else 0 end) as is_returned,
        max(case when s.state = 'held' then 1 else 0 end) as is_held,
        max(s.closes_day) as closes_day
    from sender_month as s
    group by s.dataset, s.month
),

fct_sent_month as (
    select
        a.dataset,
        u.unit_role,
        u.unit_id,
        a.month,
        case
            when coalesce(o.is_plain, a.is_plain) = 1 then null
            when coalesce(o.is_returned, a.is_returned) = 1 then 'returned'
            when coalesce(o.is_held, a.is_held) = 1 then 'held'
        end as sent_state,
        case when o.dataset is null then a.closes_day else o.closes_day end as closes_day
    from any_month as a
    cross join core.dim_role_unit as u
    left join own_month as o
        on
            a.dataset = o.dataset
            and a.month = o.month
            and u.unit_role = o.unit_role
            and u.unit_id = o.unit_id
)

select * from fct_sent_month
