-- grain: one row per rule of the risk levels, in the order in which they are tried
select
    cast(r.rule_no as integer) as rule_no,
    r.risk_level_code,
    r.level_zh,
    r.color_zh,
    r.rule_zh
from catalogue.risk_levels as r
order by cast(r.rule_no as integer)
