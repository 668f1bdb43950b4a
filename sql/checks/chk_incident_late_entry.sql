-- grain: one row per incident entered later than the declared days after it was reported
with limits as (
    select
        max(case when p.parameter = 'entry_days' then p.value end) as entry_days
    from catalogue.check_parameters as p
    where p.check_code = 'incident_late_entry'
),

chk_incident_late_entry as (
    select
        'incident_late_entry' as check_code,
        i.receipt_seq,
        i.row_id,
        i.reporter_id as unit_id,
        cast(null as date) as month,
        i.incident_name || '：' || coalesce(i.reported_date, i.occurred_date) || ' 接报，'
        || i.entered_date || ' 录入' as detail_zh
    from core.fct_incident as i
    cross join limits as l
    where
        date_diff('day', coalesce(i.reported_date, i.occurred_date), i.entered_date) > l.entry_days
)

select * from chk_incident_late_entry
