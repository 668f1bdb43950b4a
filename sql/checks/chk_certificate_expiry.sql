-- grain: one row per training whose certificate ends before the training took place
select
    'certificate_expiry' as check_code,
    t.receipt_seq as receipt_seq,
    t.row_id as row_id,
    t.reporter_id as unit_id,
    cast(date_trunc('month', t.trained_date) as date) as month,
    '证书有效期至 ' || t.certificate_expiry_date || '，早于培训日期 ' || t.trained_date as detail_zh
from core.fct_training_record as t
where t.certificate_expiry_date < t.trained_date
