-- grain: one row per hazard that may be the same as another one, once for each, until a person decides
select
    'hazard_repeated' as check_code,
    s.receipt_seq,
    s.row_id,
    s.unit_id,
    cast(null as date) as month,
    s.pair_zh || '可能是同一项隐患' as detail_zh
from marts.duplicate_side as s
where s.dataset = 'hazard'
