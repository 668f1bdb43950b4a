-- grain: one row per threshold people may argue about, with what it means
select
    t.threshold_code,
    cast(t.value as integer) as value,
    t.meaning_zh
from catalogue.thresholds as t
order by t.threshold_code
