-- grain: one row per stated total (上报汇总数) of an indicator in a month no ledger speaks for in full: what it adds to the rows
-- Total and dated rows of one month are never added: a total adds what it says beyond the rows that lie in it. Where the rows
-- say more, they count and the total adds nothing. A total of the whole area adds what it says beyond rows and units' totals.
with area_speaker as (
    select distinct
        c.dataset,
        c.unit_id
    from core.fct_report_sender as c
    where c.covers = 'all'
),

stated as (
    select
        i.indicator_code,
        i.primary_dataset as dataset,
        f.row_id,
        f.report_month as month,
        f.reporter_id,
        case
            when u.is_territory then 'territory'
            when a.unit_id is null and u.is_department then 'department'
            else 'total'
        end as unit_role,
        f.amount
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item and i.kind = 'base'
    inner join core.dim_unit as u on f.reporter_id = u.unit_id
    left join area_speaker as a on i.primary_dataset = a.dataset and f.reporter_id = a.unit_id
),

counting as (
    select s.*
    from stated as s
    inner join core.fct_unit_coverage as c
        on
            s.dataset = c.dataset
            and s.unit_role = c.unit_role
            and case s.unit_role when 'total' then 'total' else s.reporter_id end = c.unit_id
            and s.month = c.month
    where c.ledger_state <> 'whole'
),

dated as (
    select
        m.indicator_code,
        m.month,
        m.territory_id,
        m.department_id,
        sum(m.amount) as amount
    from indicators.measure as m
    where m.part = 'n'
    group by m.indicator_code, m.month, m.territory_id, m.department_id
),

of_unit as (
    select
        s.row_id,
        s.indicator_code,
        max(s.month) as month,
        max(s.amount) as amount,
        coalesce(sum(d.amount), 0) as dated_amount
    from counting as s
    left join dated as d
        on
            s.indicator_code = d.indicator_code
            and s.month = d.month
            and s.reporter_id
            = case s.unit_role when 'territory' then d.territory_id else d.department_id end
    where s.unit_role <> 'total'
    group by s.row_id, s.indicator_code
),

dated_area as (
    select
        d.indicator_code,
        d.month,
        sum(d.amount) as amount
    from dated as d
    group by d.indicator_code, d.month
),

unit_area as (
    select
        o.indicator_code,
        o.month,
        sum(greatest(o.amount - o.dated_amount, 0)) as amount
    from of_unit as o
    group by o.indicator_code, o.month
),

of_area as (
    select
        s.row_id,
        s.indicator_code,
        max(s.month) as month,
        max(s.amount) as amount,
        coalesce(max(d.amount), 0) + coalesce(max(o.amount), 0) as dated_amount
    from counting as s
    left join dated_area as d on s.indicator_code = d.indicator_code and s.month = d.month
    left join unit_area as o on s.indicator_code = o.indicator_code and s.month = o.month
    where s.unit_role = 'total'
    group by s.row_id, s.indicator_code
),

report_difference as (
    select
        s.indicator_code, s.row_id, s.month,
        s.reporter_id, s.unit_role, s.amount,
        coalesce(u.dated_amount, a.dated_amount) as dated_amount,
        case
            when coalesce(u.dated_amount, a.dated_amount) = 0 then s.amount
            else greatest(s.amount - coalesce(u.dated_amount, a.dated_amount), 0)
        end as added_amount
    from counting as s
    left join of_unit as u on s.row_id = u.row_id and s.indicator_code = u.indicator_code
    left join of_area as a on s.row_id = a.row_id and s.indicator_code = a.indicator_code
)

select * from report_difference
