-- grain: one row: a figure of a sector of the whole area with its catalogue row, shaped as figure.sql for the drawer
select
    f.*,
    i.name_zh,
    i.kind,
    i.value_form,
    i.unit_zh,
    i.decimals,
    i.minimum_base,
    i.direction,
    i.numerator_time,
    i.denominator_time,
    i.scope,
    i.numerator_zh,
    i.denominator_zh,
    i.definition_zh,
    i.caveat_zh,
    i.primary_dataset,
    true as is_span_kept,
    case when i.domain_code = 'incident' then '未发生' else '0' end as zero_zh,
    a.total_unit_name || ' ' || coalesce(s.name_zh, '未分行业') as unit_name_zh,
    m.sql_text,
    null as category_zh,
    null as denominator,
    null as prior_denominator,
    null as comparator,
    null as target_value,
    null as is_soft,
    null as document,
    null as from_report_count,
    null as reported_difference,
    null as known_value
from marts.sector_value as f
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
cross join marts.data_state as a
left join catalogue.codes as s on s.code_list = 'sector_bulletin' and f.unit_id = s.code
left join catalogue.model as m
    on m.model_name = 'ind_' || f.indicator_code and m.schema_name = 'indicators'
where
    f.indicator_code = :indicator_code
    and f.span_kind = :span_kind
    and f.span_month = :span_month
    and f.unit_role = :unit_role
    and f.unit_id = :unit_id
    and f.category_code = :category_code
