-- grain: one row per dataset, role, unit and month that totals (上报汇总数) speak for: how many of those asked did
-- The whole area is known by totals where every town and zone, and who else ever stated one, did: silence is not zero.
-- A total of whoever reports for all, or of the whole area itself, speaks for the whole area alone.
with stated as (
    select distinct
        i.primary_dataset as dataset,
        f.reporter_id as reporter_id,
        f.report_month as month
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item
),

reporter as (
    select
        s.dataset as dataset,
        s.reporter_id as reporter_id
    from stated as s

    union

    select
        s.dataset as dataset,
        u.unit_id as reporter_id
    from stated as s
    cross join core.dim_unit as u
    where u.is_territory and u.unit_id not in ('direct', 'unassigned')
),

area_speaker as (
    select distinct
        s.dataset as dataset,
        s.unit_id as reporter_id
    from core.fct_report_sender as s
    where s.covers = 'all'

    union

    select
        r.dataset as dataset,
        'total' as reporter_id
    from catalogue.coverage_rules as r
),

stating as (
    select
        s.dataset as dataset,
        s.reporter_id as reporter_id,
        u.group_code as group_code,
        u.is_territory as is_territory,
        a.reporter_id is not null as is_for_all
    from reporter as s
    inner join core.dim_unit as u on s.reporter_id = u.unit_id
    left join area_speaker as a on s.dataset = a.dataset and s.reporter_id = a.reporter_id
),

placed as (
    select
        s.dataset as dataset,
        'territory' as unit_role,
        s.reporter_id as unit_id,
        s.reporter_id as reporter_id,
        false as is_for_all
    from stating as s
    where s.is_territory

    union all

    select
        s.dataset as dataset,
        'group' as unit_role,
        s.group_code as unit_id,
        s.reporter_id as reporter_id,
        false as is_for_all
    from stating as s
    where s.is_territory and s.group_code <> ''

    union all

    select
        s.dataset as dataset,
        'total' as unit_role,
        'total' as unit_id,
        s.reporter_id as reporter_id,
        s.is_for_all as is_for_all
    from stating as s
),

expected as (
    select
        p.dataset as dataset,
        p.unit_role as unit_role,
        p.unit_id as unit_id,
        cast(count(case when not p.is_for_all then 1 end) as integer) as expected_count
    from placed as p
    group by p.dataset, p.unit_role, p.unit_id
),

fct_stated_month as (
    select
        p.dataset as dataset,
        p.unit_role as unit_role,
        p.unit_id as unit_id,
        s.month as month,
        case
            when max(case when p.is_for_all then 1 else 0 end) = 1 then 1
            else max(e.expected_count)
        end as expected_count,
        case
            when max(case when p.is_for_all then 1 else 0 end) = 1 then 1
            else cast(count(*) as integer)
        end as stated_count,
        max(case when p.is_for_all then 1 else 0 end) = 1 as has_area_total
    from placed as p
    inner join stated as s on p.dataset = s.dataset and p.reporter_id = s.reporter_id
    inner join expected as e
        on p.dataset = e.dataset and p.unit_role = e.unit_role and p.unit_id = e.unit_id
    group by p.dataset, p.unit_role, p.unit_id, s.month
)

select * from fct_stated_month
