-- grain: one row per indicator of the catalogue with its time rules in words and the SQL that makes it
with ranking_base as (
    select
        r.indicator_code,
        max(r.minimum_denominator) as minimum_denominator
    from marts.scheme_item as r
    inner join marts.scheme as s on r.scheme_code = s.scheme_code and r.version = s.version
    cross join marts.data_state as d
    where d.data_as_of_date >= s.month_from and s.month_to >= date_trunc('month', d.data_as_of_date)
    group by r.indicator_code
)

select
    i.indicator_code,
    i.name_zh,
    d.name_zh as domain_zh,
    i.kind,
    i.value_form,
    i.unit_zh,
    cast(i.scale as decimal(18, 0)) as scale,
    i.decimals,
    i.direction,
    n.name_zh || coalesce('、按' || e.entity_zh || '去重', '') as numerator_rule_zh,
    n.meaning_zh as numerator_rule_meaning,
    m.name_zh || coalesce('、按' || e.entity_zh || '去重', '') as denominator_rule_zh,
    m.meaning_zh as denominator_rule_meaning,
    i.numerator_zh,
    i.denominator_zh,
    i.definition_zh,
    i.caveat_zh,
    i.owner_zh,
    i.minimum_base,
    cast(b.minimum_denominator as integer) as ranking_base,
    i.placement,
    coalesce(t.name_zh, i.primary_dataset) as dataset_zh,
    q.sql_text
from catalogue.indicators as i
left join catalogue.counted_entities as e on i.indicator_code = e.indicator_code
left join ranking_base as b on i.indicator_code = b.indicator_code
left join catalogue.codes as d on d.code_list = 'domain' and i.domain_code = d.code
left join catalogue.time_rules as n on i.numerator_time = n.time_rule
left join catalogue.time_rules as m on i.denominator_time = m.time_rule
left join catalogue.tables as t on t.table_name = 'core.fct_' || i.primary_dataset
left join catalogue.model as q
    on
        (q.schema_name = 'indicators' and q.model_name = 'ind_' || i.indicator_code)
        or (q.schema_name = 'derived' and q.model_name = i.indicator_code)
order by i.sort_no
