-- grain: one row: a figure with its catalogue row, verdict, and the target that judges it, word for word
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
    u.name_zh as unit_name_zh,
    case when f.unit_role <> 'total' then w.name_zh end as role_zh,
    c.name_zh as category_zh,
    v.phrase_zh,
    v.tone,
    v.is_zero_kept = '1' as is_zero_kept,
    t.document,
    t.article,
    t.quote,
    m.sql_text,
    b.coverage_zh as prior_coverage_zh,
    f.fallback_span_kind as known_span_kind,
    f.fallback_span_month as known_span_month,
    k.value as known_value
from marts.figure as f
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
inner join core.dim_unit as u on f.unit_id = u.unit_id
left join catalogue.codes as w on w.code_list = 'unit_role' and f.unit_role = w.code
left join catalogue.codes as c
    on c.code_list = 'training_category' and f.category_code = c.code
left join catalogue.verdicts as v on f.verdict_code = v.verdict_code
left join marts.target as t on f.target_id = t.target_id and t.is_own
left join catalogue.model as m
    on
        m.model_name in ('ind_' || f.indicator_code, f.indicator_code)
        and m.schema_name in ('indicators', 'derived')
left join marts.coverage_note as b
    on
        f.indicator_code = b.indicator_code
        and f.span_kind = b.span_kind
        and b.span_month = f.span_month - interval 12 month
        and f.unit_role = b.unit_role
        and f.unit_id = b.unit_id
left join marts.figure as k
    on
        f.indicator_code = k.indicator_code
        and f.fallback_span_kind = k.span_kind
        and f.fallback_span_month = k.span_month
        and f.unit_role = k.unit_role
        and f.unit_id = k.unit_id
        and f.category_code = k.category_code
where
    f.indicator_code = :indicator_code
    and f.span_kind = :span_kind
    and f.span_month = :span_month
    and f.unit_role = :unit_role
    and f.unit_id = :unit_id
    and f.category_code = :category_code
