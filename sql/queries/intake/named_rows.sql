-- grain: one row per current row among those asked for: what it is about and where it stands
select
    r.row_id,
    r.subject_zh,
    r.detail_zh,
    r.event_date,
    r.file_name,
    r.sheet_name,
    r.row_number,
    coalesce(i.death_count, 0) as lost_life_count
from core.fct_source_row as r
left join core.fct_incident as i on r.row_id = i.row_id
where list_contains(:row_ids, r.row_id)
order by lost_life_count desc, r.event_date asc, r.row_id asc
