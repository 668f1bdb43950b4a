-- grain: one row per dataset, role, unit, span and source (ledgers alone, or ledgers and totals): what is known of the span
-- flow_state is of figures that add up months, stock_state of those that stand at its end.
-- whole, incomplete (some of many senders missing), open (its last month known up to a day), hole (a month nobody spoke for),
-- carried (of a stock: the last month is missing, what was known before stands), none.
with monthly as (
    select
        c.dataset,
        c.unit_role,
        c.unit_id,
        c.month,
        false as has_totals,
        c.ledger_state as state,
        c.expected_count,
        c.known_count,
        c.known_to_date
    from core.fct_unit_coverage as c

    union all

    select
        c.dataset,
        c.unit_role,
        c.unit_id,
        c.month,
        true as has_totals,
        c.known_state as state,
        case
            when c.known_count = 0 and c.total_stated_count > 0 then c.total_expected_count
            else c.expected_count
        end as expected_count,
        case
            when c.known_count = 0 and c.total_stated_count > 0 then c.total_stated_count
            else c.known_count
        end as known_count,
        c.known_to_date
    from core.fct_unit_coverage as c
),

carried as (
    select
        m.*,
        max(case when m.state <> 'none' then m.month end) over (
            partition by m.dataset, m.has_totals, m.unit_role, m.unit_id
            order by m.month asc nulls last
            rows between unbounded preceding and current row
        ) as newest_month,
        case when m.state in ('none', 'open') then m.month end as absent_month
    from monthly as m
),

spanned as (
    select
        c.dataset,
        c.has_totals,
        c.unit_role,
        c.unit_id,
        s.span_kind,
        s.span_month,
        max(s.month_count) as month_count,
        max(s.month_from) as month_from,
        count(*) as present_count,
        min(c.month) as present_from,
        count(case when c.state = 'none' then 1 end) as silent_count,
        count(case when c.state = 'none' or c.absent_month < s.span_month then 1 end)
            as absent_count,
        min(case when c.state = 'none' or c.absent_month < s.span_month then c.month end)
            as absent_from,
        max(case when c.state = 'none' or c.absent_month < s.span_month then c.month end)
            as absent_to,
        count(case when c.state = 'incomplete' then 1 end) as incomplete_count,
        max(case when c.month = s.span_month then c.state end) as last_state,
        max(case when c.month = s.span_month then c.known_to_date end) as known_to_date,
        max(case when c.month = s.span_month then c.newest_month end) as newest_month,
        max(case when c.month = s.span_month then c.expected_count end) as expected_count,
        max(case when c.month = s.span_month then c.known_count end) as known_count
    from carried as c
    inner join core.dim_span as s on c.month between s.month_from and s.month_to
    group by c.dataset, c.has_totals, c.unit_role, c.unit_id, s.span_kind, s.span_month
),

span_coverage as (
    select
        s.dataset,
        s.has_totals,
        s.unit_role,
        s.unit_id,
        s.span_kind,
        s.span_month,
        case
            when s.silent_count = s.present_count then 'none'
            when s.absent_count > 0 or s.present_count < s.month_count then 'hole'
            when s.last_state = 'open' then 'open'
            when s.incomplete_count > 0 then 'incomplete'
            else 'whole'
        end as flow_state,
        case
            when s.last_state = 'none' and s.newest_month is not null then 'carried'
            else s.last_state
        end as stock_state,
        cast(s.absent_count + s.month_count - s.present_count as integer) as hole_count,
        case when s.present_count < s.month_count then s.month_from else s.absent_from end
            as hole_from_month,
        case
            when s.absent_count > 0 then s.absent_to
            when s.present_count < s.month_count
                then cast(s.present_from - interval 1 month as date)
        end as hole_to_month,
        case when s.last_state = 'open' then s.known_to_date end as known_to_date,
        case when s.last_state = 'none' then s.newest_month end as carried_month,
        s.expected_count,
        s.known_count
    from spanned as s
)

select * from span_coverage
