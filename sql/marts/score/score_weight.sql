-- grain: one row per item of a version of a scheme: its points, the only thing a what-if changes
select
    i.scheme_code as scheme_code,
    i.version as version,
    i.item_code as item_code,
    i.points as points
from marts.scheme_item as i
