-- grain: one row per incident that stands twice under one name and day in the ledgers in force of one unit, told differently
with repeated as (
    select
        i.reporter_id,
        i.incident_name,
        i.occurred_date,
        max(i.receipt_seq) as receipt_seq,
        arg_max(i.row_id, i.row_number) as row_id,
        count(*) as row_count
    from core.fct_incident as i
    group by i.reporter_id, i.incident_name, i.occurred_date
),

chk_incident_duplicate as (
    select
        'incident_duplicate' as check_code,
        r.receipt_seq,
        r.row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        r.incident_name || '：同名同日的事故出现 ' || r.row_count || ' 次' as detail_zh
    from repeated as r
    where r.row_count > 1
)

select * from chk_incident_duplicate
