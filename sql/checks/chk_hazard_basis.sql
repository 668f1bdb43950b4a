-- grain: one row per major hazard without the article it is judged by
select
    'hazard_basis' as check_code,
    h.receipt_seq,
    h.row_id,
    h.reporter_id as unit_id,
    cast(null as date) as month,
    h.hazard_no || '：' || h.enterprise_name || '，没有写判定依据' as detail_zh
from core.fct_hazard as h
where h.hazard_grade_code = 'major' and h.basis_text is null
