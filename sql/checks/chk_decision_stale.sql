-- grain: one row per decision whose rows are no longer both there, once each
select
    'decision_stale' as check_code,
    cast(null as integer) as receipt_seq,
    cast(null as varchar) as row_id,
    'total' as unit_id,
    cast(null as date) as month,
    case d.verdict when 'duplicate' then '判为重复的' else '判为两件事的' end
    || d.kept_identity || '与' || d.dropped_identity
    || '：有一行已不在现行台账，或同名的不止一行，判定暂不起作用' as detail_zh
from marts.duplicate_decision as d
where not d.is_applied
