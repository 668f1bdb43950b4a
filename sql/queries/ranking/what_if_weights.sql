-- grain: one row per item of every scheme: its points, those of the named items replaced by other points
-- Stands in for marts.score_weight when the page asks what the ranking would be under other points.
with other as (
    select
        unnest(cast(:item_codes as varchar[])) as item_code,
        unnest(cast(:item_points as decimal(18, 2)[])) as points
)

select
    i.scheme_code,
    i.version,
    i.item_code,
    coalesce(o.points, i.points) as points
from marts.scheme_item as i
left join other as o on i.scheme_code = :scheme_code and i.item_code = o.item_code
