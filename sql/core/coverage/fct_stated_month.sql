-- grain: one row per dataset, role, unit and month that totals (上报汇总数) speak for: how many of its towns and zones are stated
-- The whole area and a group are known when each of their towns and zones is stated, or the area by one total:
-- of 全市 itself, or of whoever reports for all. Who has never stated a total is missing, not left out of the count;
-- 市直, where no office reports for it, need not be stated for that, and is known itself where it is.
with stated as (
    select distinct
        i.primary_dataset as dataset,
        f.reporter_id,
        f.report_month as month
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item
),

place as (
    select
        u.unit_id,
        u.group_code,
        u.is_actor as is_asked
    from core.dim_unit as u
    where u.is_territory and u.unit_id <> 'unassigned'
),

placed as (
    select
        p.unit_id as place_id,
        'territory' as unit_role,
        p.unit_id
    from place as p

    union all

    select
        p.unit_id as place_id,
        'group' as unit_role,
        p.group_code as unit_id
    from place as p
    where p.is_asked and p.group_code <> ''

    union all

    select
        p.unit_id as place_id,
        'total' as unit_role,
        'total' as unit_id
    from place as p
    where p.is_asked
),

expected as (
    select
        p.unit_role,
        p.unit_id,
        cast(count(*) as integer) as expected_count
    from placed as p
    group by p.unit_role, p.unit_id
),

said_of as (
    select
        s.dataset,
        p.unit_role,
        p.unit_id,
        s.month,
        1 as place_count,
        false as is_for_all
    from stated as s
    inner join placed as p on s.reporter_id = p.place_id

    union all

    select
        s.dataset,
        'total' as unit_role,
        'total' as unit_id,
        s.month,
        0 as place_count,
        s.reporter_id = 'total' or r.unit_id is not null as is_for_all
    from stated as s
    left join core.fct_report_sender as r
        on s.dataset = r.dataset and s.reporter_id = r.unit_id and r.covers = 'all'
    left join place as p on s.reporter_id = p.unit_id
    where not coalesce(p.is_asked, false)
),

fct_stated_month as (
    select
        s.dataset,
        s.unit_role,
        s.unit_id,
        s.month,
        case when bool_or(s.is_for_all) then 1 else max(e.expected_count) end as expected_count,
        case
            when bool_or(s.is_for_all) then 1 else cast(sum(s.place_count) as integer)
        end as stated_count,
        bool_or(s.is_for_all) as has_area_total
    from said_of as s
    inner join expected as e on s.unit_role = e.unit_role and s.unit_id = e.unit_id
    group by s.dataset, s.unit_role, s.unit_id, s.month
)

select * from fct_stated_month
