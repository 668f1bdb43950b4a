-- grain: one row per identity that a person's words name: an identity, or the row number shown beside a finding
select distinct r.identity
from core.fct_row_state as r
where
    r.identity is not null
    and r.state in ('current', 'merged')
    and (r.identity = :words or r.row_id = :words or r.name_identity = :words)
