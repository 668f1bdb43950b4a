-- grain: one row per target whose formula is not the formula of its indicator
select
    'target_formula' as check_code,
    cast(null as integer) as receipt_seq,
    cast(null as varchar) as row_id,
    'total' as unit_id,
    cast(null as date) as month,
    t.profile_code || ' ' || t.target_id || '：目标的算法与指标不同' as detail_zh
from marts.target as t
left join catalogue.indicators as i on t.indicator_code = i.indicator_code
where i.formula_id is null or t.formula_id <> i.formula_id
