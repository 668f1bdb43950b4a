-- grain: one row per base indicator and part, with the rule that says which measure rows fall in a span
-- is_by_entity: what is counted is entities (catalogue.counted_entities), not rows; each of an entity's rows must be done.
select
    i.indicator_code,
    'n' as part,
    i.numerator_time as time_rule,
    e.indicator_code is not null as is_by_entity,
    i.unit_roles,
    i.span_kinds,
    i.has_category = '1' as has_category
from catalogue.indicators as i
left join catalogue.counted_entities as e on i.indicator_code = e.indicator_code
where i.kind = 'base'

union all

select
    i.indicator_code,
    'd' as part,
    i.denominator_time as time_rule,
    e.indicator_code is not null as is_by_entity,
    i.unit_roles,
    i.span_kinds,
    i.has_category = '1' as has_category
from catalogue.indicators as i
left join catalogue.counted_entities as e on i.indicator_code = e.indicator_code
where i.kind = 'base' and i.denominator_time <> ''
