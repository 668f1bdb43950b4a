-- DuckDB's short PIVOT takes its columns from the data.
with score as (
    select
        s.unit_id as unit_id,
        s.kind as kind,
        s.amount as amount
    from marts.score as s
)

pivot score on kind using max(amount) group by unit_id
