-- grain: one row per incident that belongs to no town, zone or 市直
select
    'incident_unplaced' as check_code,
    i.receipt_seq,
    i.row_id,
    i.reporter_id as unit_id,
    cast(null as date) as month,
    i.incident_name || '：没有属地，计入未归属' as detail_zh
from core.fct_incident as i
where i.territory_id = 'unassigned'
