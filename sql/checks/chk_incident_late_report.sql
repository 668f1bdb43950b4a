-- grain: one row per incident reported later than the declared days after it happened
with limits as (
    select
        max(case when p.parameter = 'report_days' then p.value end) as report_days
    from catalogue.check_parameters as p
    where p.check_code = 'incident_late_report'
),

chk_incident_late_report as (
    select
        'incident_late_report' as check_code,
        i.receipt_seq,
        i.row_id,
        i.reporter_id as unit_id,
        cast(null as date) as month,
        i.incident_name || '：' || i.occurred_date || ' 发生，' || i.reported_date || ' 接报' as detail_zh
    from core.fct_incident as i
    cross join limits as l
    where date_diff('day', i.occurred_date, i.reported_date) > l.report_days
)

select * from chk_incident_late_report
