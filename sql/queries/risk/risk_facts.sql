-- grain: one row per count the risk levels are judged by, in the order of the table's columns
select
    f.fact_code || '_count' as count_column,
    f.fact_code || '_state' as state_column,
    f.name_zh,
    f.unit_zh,
    f.is_adverse = '1' as is_adverse
from catalogue.risk_facts as f
order by cast(f.fact_no as integer)
