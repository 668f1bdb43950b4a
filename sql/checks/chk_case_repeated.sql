-- grain: one row per case number that stands at several inspections of different enterprises
with repeated as (
    select
        e.reporter_id,
        e.case_no,
        max(e.receipt_seq) as receipt_seq,
        max(e.row_id) as row_id,
        count(distinct e.enterprise_name) as enterprise_count
    from core.fct_enforcement as e
    where e.case_no is not null
    group by e.reporter_id, e.case_no
),

chk_case_repeated as (
    select
        'case_repeated' as check_code,
        r.receipt_seq,
        r.row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        '处罚文号 ' || r.case_no || ' 用在 ' || r.enterprise_count || ' 家企业' as detail_zh
    from repeated as r
    where r.enterprise_count > 1
)

select * from chk_case_repeated
