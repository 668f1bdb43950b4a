-- grain: one row per cancelled incident without date or reason or cancelled late, or with them and not cancelled
with limits as (
    select
        max(case when p.parameter = 'cancel_days' then p.value end) as cancel_days
    from catalogue.check_parameters as p
    where p.check_code = 'incident_cancelled'
),

chk_incident_cancelled as (
    select
        'incident_cancelled' as check_code,
        i.receipt_seq,
        i.row_id,
        i.reporter_id as unit_id,
        cast(null as date) as month,
        i.incident_name || '：' || case
            when i.status_code <> 'cancelled' then '填了核销日期或原因，状态却不是已核销'
            when i.cancelled_date is null then '已核销，没有核销日期'
            when i.cancel_reason_code is null then '已核销，没有核销原因'
            else i.occurred_date || ' 发生，' || i.cancelled_date || ' 才核销'
        end as detail_zh
    from core.fct_incident as i
    cross join limits as l
    where (
        i.status_code = 'cancelled'
        and (
            i.cancelled_date is null
            or i.cancel_reason_code is null
            or date_diff('day', i.occurred_date, i.cancelled_date) > l.cancel_days
        )
    )
    or (
        i.status_code <> 'cancelled'
        and (i.cancelled_date is not null or i.cancel_reason_code is not null)
    )
)

select * from chk_incident_cancelled
