-- grain: one row per incident that may be the same as another one, once for each, until a person decides
select
    'incident_repeated' as check_code,
    s.receipt_seq,
    s.row_id,
    s.unit_id,
    cast(null as date) as month,
    s.pair_zh || '可能是同一起事故' as detail_zh
from marts.duplicate_side as s
where s.dataset = 'incident'
