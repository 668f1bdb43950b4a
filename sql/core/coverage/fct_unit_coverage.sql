-- grain: one row per dataset, role, unit spoken for and month: how many of those who speak for it are known, by ledgers and by totals
-- A unit that reports for itself speaks for itself, a group for its members; all others are spoken for by everybody.
-- whole: all known. incomplete: some. open: known up to a day only. none: nobody has spoken.
with own_month as (
    select
        o.dataset,
        o.unit_role,
        o.unit_id,
        c.month,
        cast(count(*) as integer) as expected_count,
        cast(count(case when c.is_known then 1 end) as integer) as known_count,
        cast(count(
            case when c.is_known or t.unit_id is not null then 1 end
        ) as integer) as covered_count,
        min(c.known_to_date) as known_to_date
    from core.dim_own_speaker as o
    inner join core.fct_coverage as c on o.dataset = c.dataset and o.sender_id = c.unit_id
    left join core.fct_stated_month as t
        on
            c.dataset = t.dataset
            and t.unit_role = 'territory'
            and c.unit_id = t.unit_id
            and c.month = t.month
    group by o.dataset, o.unit_role, o.unit_id, c.month
),

area_month as (
    select
        c.dataset,
        c.month,
        cast(count(*) as integer) as expected_count,
        cast(count(case when c.is_known then 1 end) as integer) as known_count,
        case
            when max(case when c.covers = 'own' then 1 else 0 end) = 1
                then cast(count(
                    case when c.is_known or t.unit_id is not null then 1 end
                ) as integer)
        end as covered_count,
        min(c.known_to_date) as known_to_date
    from core.fct_coverage as c
    left join core.fct_stated_month as t
        on
            c.dataset = t.dataset
            and t.unit_role = 'territory'
            and c.unit_id = t.unit_id
            and c.month = t.month
    group by c.dataset, c.month
),

counted as (
    select
        a.dataset,
        u.unit_role,
        u.unit_id,
        a.month,
        coalesce(o.expected_count, a.expected_count) as expected_count,
        coalesce(o.known_count, a.known_count) as known_count,
        case
            when o.expected_count is not null then o.covered_count else a.covered_count
        end as covered_count,
        case
            when o.expected_count is not null then o.known_to_date else a.known_to_date
        end as known_to_date,
        coalesce(t.expected_count, 0) as total_expected_count,
        coalesce(t.stated_count, 0) as total_stated_count,
        coalesce(t.has_area_total, false) as has_area_total
    from area_month as a
    cross join core.dim_role_unit as u
    left join own_month as o
        on
            a.dataset = o.dataset
            and a.month = o.month
            and u.unit_role = o.unit_role
            and u.unit_id = o.unit_id
    left join core.fct_stated_month as t
        on
            a.dataset = t.dataset
            and a.month = t.month
            and u.unit_role = t.unit_role
            and u.unit_id = t.unit_id
),

fct_unit_coverage as (
    select
        c.dataset,
        c.unit_role,
        c.unit_id,
        c.month,
        c.expected_count,
        c.known_count,
        c.known_to_date,
        c.total_expected_count,
        c.total_stated_count,
        case
            when c.known_count = c.expected_count then 'whole'
            when c.known_count > 0 then 'incomplete'
            when c.known_to_date is not null then 'open'
            else 'none'
        end as ledger_state,
        case
            when c.known_count = c.expected_count then 'whole'
            when c.covered_count = c.expected_count then 'whole'
            when
                c.total_stated_count > 0
                and c.total_stated_count >= c.total_expected_count
                and (c.covered_count is null or c.has_area_total)
                then 'whole'
            when c.known_count > 0 then 'incomplete'
            when c.known_to_date is not null then 'open'
            when c.total_expected_count > 0 then 'incomplete'
            else 'none'
        end as known_state
    from counted as c
)

select * from fct_unit_coverage
