-- Each engine makes up a name of its own for it.
select
    i.row_id,
    i.death_count + i.serious_injury_count
from core.fct_incident as i
