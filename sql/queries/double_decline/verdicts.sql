-- grain: one row per verdict: the signs of incidents and deaths, its words, from best to worst
select
    v.verdict_code,
    cast(v.incident_sign as integer) as incident_sign,
    cast(v.death_sign as integer) as death_sign,
    v.is_zero_kept = '1' as is_zero_kept,
    v.phrase_zh,
    v.tone,
    v.sort_no
from catalogue.verdicts as v
order by v.sort_no
