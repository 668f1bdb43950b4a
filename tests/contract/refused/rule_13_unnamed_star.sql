-- The columns of another view are not this view's to promise.
with kept as (
    select * from core.fct_incident
)

select * from kept
