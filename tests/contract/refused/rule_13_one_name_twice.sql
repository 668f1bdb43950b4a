-- Which of the two is row_id, every engine decides for itself.
with both_rows as (
    select
        i.row_id,
        h.row_id
    from core.fct_incident as i
    inner join core.fct_hazard as h on i.unit_id = h.unit_id
)

select b.row_id from both_rows as b
