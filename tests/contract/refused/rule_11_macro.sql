-- A function no engine knows can only be a macro.
select
    i.row_id as row_id,
    our_own_grade(i.death_count) as grade
from core.fct_incident as i
