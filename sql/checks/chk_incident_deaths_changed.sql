-- grain: one row per incident whose deaths changed after the time for supplements was over
-- 30 days, 7 for road traffic and fire (国务院令第493号 第十三条): the figure counts, the change wants a reason.
with limits as (
    select
        max(case when p.parameter = 'settle_days' then p.value end) as settle_days,
        max(case when p.parameter = 'settle_days_fast' then p.value end) as settle_days_fast
    from catalogue.check_parameters as p
    where p.check_code = 'incident_deaths_changed'
),

sent as (
    select
        r.identity_key,
        s.unit_id,
        i.row_id,
        s.as_of_date,
        s.state,
        i.death_count,
        lag(i.death_count) over (
            partition by s.unit_id, r.identity_key
            order by
                s.as_of_date asc nulls last, s.receipt_seq asc nulls last, i.row_id asc nulls last
        ) as earlier_count
    from staging.stg_incident as i
    inner join staging.stg_row as r on i.row_id = r.row_id
    inner join core.fct_row_state as s on i.row_id = s.row_id
),

chk_incident_deaths_changed as (
    select
        'incident_deaths_changed' as check_code,
        i.receipt_seq,
        i.row_id,
        i.reporter_id as unit_id,
        cast(null as date) as month,
        i.incident_name || '：死亡由 ' || s.earlier_count || ' 人变为 ' || s.death_count || ' 人，'
        || '已过补报期' as detail_zh
    from core.fct_incident as i
    inner join sent as s on i.row_id = s.row_id
    cross join limits as l
    where
        s.death_count <> s.earlier_count
        and date_diff('day', i.occurred_date, s.as_of_date)
        > case when i.is_road_transport or i.is_fire then l.settle_days_fast else l.settle_days end
)

select * from chk_incident_deaths_changed
