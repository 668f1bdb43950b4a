-- grain: one row per person who passed and has no certificate date
select
    'certificate_missing' as check_code,
    t.receipt_seq,
    t.row_id,
    t.reporter_id as unit_id,
    cast(null as date) as month,
    t.enterprise_name || '：' || t.trained_date || ' 考核合格，没有证书有效期' as detail_zh
from core.fct_training_record as t
where t.result_code = 'passed' and t.certificate_expiry_date is null
