-- grain: one row per dataset, month and unit a figure can be shown for: how many of those who speak for it have reported
-- A unit that reports for itself speaks for itself; all others are spoken for by the reporters that cover the whole area.
-- The whole area (total) is spoken for by every reporter, and by 上报汇总数 where a month has nothing else.
with own_report as (
    select
        r.dataset as dataset,
        r.month as month,
        r.unit_id as unit_id,
        1 as expected_unit_count,
        case when r.is_reported then 1 else 0 end as reported_unit_count
    from core.fct_report_duty as r
    where r.covers = 'own'

    union all

    select
        r.dataset as dataset,
        r.month as month,
        u.group_code as unit_id,
        cast(count(*) as integer) as expected_unit_count,
        cast(count(case when r.is_reported then 1 end) as integer) as reported_unit_count
    from core.fct_report_duty as r
    inner join core.dim_unit as u on r.unit_id = u.unit_id
    where r.covers = 'own' and u.is_territory and u.group_code <> ''
    group by r.dataset, r.month, u.group_code
),

everyone as (
    select
        r.dataset as dataset,
        r.month as month,
        cast(count(*) as integer) as expected_unit_count,
        cast(count(case when r.is_reported then 1 end) as integer) as reported_unit_count
    from core.fct_report_duty as r
    group by r.dataset, r.month
),

month_total as (
    select distinct
        i.primary_dataset as dataset,
        f.report_month as month
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item
),

unit_reporting as (
    select
        e.dataset as dataset,
        e.month as month,
        u.unit_id as unit_id,
        coalesce(o.expected_unit_count, e.expected_unit_count) as expected_unit_count,
        case
            when t.month is not null and coalesce(o.reported_unit_count, e.reported_unit_count) = 0
                then coalesce(o.expected_unit_count, e.expected_unit_count)
            else coalesce(o.reported_unit_count, e.reported_unit_count)
        end as reported_unit_count
    from everyone as e
    cross join core.dim_unit as u
    left join own_report as o
        on e.dataset = o.dataset and e.month = o.month and u.unit_id = o.unit_id
    left join month_total as t on e.dataset = t.dataset and e.month = t.month
)

select * from unit_reporting
