-- Spark looks for the alias among the table's columns.
select
    i.row_id as row_id,
    i.death_count + i.serious_injury_count as casualty_count
from core.fct_incident as i
where casualty_count > 0
