-- grain: one row per incident that is still 快报 or 已录入 after the declared days
with limits as (
    select
        max(case when p.parameter = 'complete_days' then p.value end) as complete_days
    from catalogue.check_parameters as p
    where p.check_code = 'incident_unfinished'
),

chk_incident_unfinished as (
    select
        'incident_unfinished' as check_code,
        i.receipt_seq,
        i.row_id,
        i.reporter_id as unit_id,
        cast(null as date) as month,
        i.incident_name
        || '：'
        || i.occurred_date
        || ' 发生，到 '
        || i.as_of_date
        || ' 仍未补充完善' as detail_zh
    from core.fct_incident as i
    cross join limits as l
    where
        i.status_code in ('flash', 'entered')
        and date_diff('day', i.occurred_date, i.as_of_date) > l.complete_days
)

select * from chk_incident_unfinished
