-- grain: one row per hazard that belongs to no town, zone or 市直
select
    'hazard_unplaced' as check_code,
    h.receipt_seq,
    h.row_id,
    h.reporter_id as unit_id,
    cast(null as date) as month,
    h.hazard_no || '：没有属地，计入未归属' as detail_zh
from core.fct_hazard as h
where h.territory_id = 'unassigned'
