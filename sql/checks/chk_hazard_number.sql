-- grain: one row per hazard number that stands more than once in the ledgers in force of one unit
with repeated as (
    select
        h.reporter_id as reporter_id,
        h.hazard_no as hazard_no,
        max(h.receipt_seq) as receipt_seq,
        max(h.row_id) as row_id,
        count(*) as row_count
    from core.fct_hazard as h
    group by h.reporter_id, h.hazard_no
),

chk_hazard_number as (
    select
        'hazard_number' as check_code,
        r.receipt_seq as receipt_seq,
        r.row_id as row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        '隐患编号 ' || r.hazard_no || ' 出现 ' || r.row_count || ' 次' as detail_zh
    from repeated as r
    where r.row_count > 1
)

select * from chk_hazard_number
