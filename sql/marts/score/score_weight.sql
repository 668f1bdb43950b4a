-- grain: one row per item of a version of a scheme: its points, the only thing a what-if changes
select
    i.scheme_code,
    i.version,
    i.item_code,
    i.points
from marts.scheme_item as i
