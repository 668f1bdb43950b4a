-- grain: one row per finding of any check, with whose it is, which month it lies in and the row it points at
-- A finding on a row belongs to the unit that sent the row and the month of the row's date; one on the whole
-- warehouse to the whole area and the newest month. territory, department and actor are the row's roles.
with found as (
    select
        f.check_code,
        f.receipt_seq,
        f.row_id,
        f.unit_id,
        f.month,
        f.detail_zh
    from checks.finding as f

    union all

    select
        s.check_code,
        s.receipt_seq,
        s.row_id,
        cast(null as varchar) as unit_id,
        cast(null as date) as month,
        s.detail_zh
    from lake.suite_fault as s
),

workbook as (
    select
        s.receipt_seq,
        min(s.file_name) as file_name,
        min(s.unit_id) as unit_id,
        min(s.dataset) as dataset
    from core.fct_submission as s
    group by s.receipt_seq
),

newest as (
    select max(m.month) as month
    from core.dim_month as m
),

check_finding as (
    select
        f.check_code,
        c.scope,
        coalesce(r.dataset, nullif(c.dataset, ''), w.dataset, '') as dataset,
        coalesce(r.unit_id, f.unit_id, w.unit_id, 'total') as unit_id,
        coalesce(
            cast(date_trunc('month', r.business_date) as date), f.month, n.month
        ) as month,
        c.indicator_codes,
        f.row_id,
        coalesce(r.receipt_seq, f.receipt_seq) as receipt_seq,
        coalesce(o.file_name, w.file_name) as file_name,
        o.sheet_name,
        o.row_number,
        coalesce(o.territory_id, 'unassigned') as territory_id,
        coalesce(o.department_id, 'unassigned') as department_id,
        coalesce(o.actor_id, 'unassigned') as actor_id,
        f.detail_zh
    from found as f
    inner join catalogue.checks as c on f.check_code = c.check_code
    cross join newest as n
    left join core.fct_row_state as r on f.row_id = r.row_id
    left join core.fct_source_row as o on f.row_id = o.row_id
    left join workbook as w on f.receipt_seq = w.receipt_seq
    left join lake.confirmed as a
        on f.check_code = a.check_code and f.receipt_seq = a.receipt_seq
    where a.check_code is null
)

select * from check_finding
