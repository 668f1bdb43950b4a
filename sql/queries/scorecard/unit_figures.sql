-- grain: one row per territory (and the whole area) and indicator of the table beside the scorecard
select
    u.unit_id,
    u.name_zh as unit_name_zh,
    u.kind as unit_kind,
    f.unit_role,
    f.indicator_code,
    i.name_zh,
    i.value_form,
    i.unit_zh,
    i.decimals,
    i.direction,
    i.numerator_time,
    case when i.domain_code = 'incident' then '未发生' else '0' end as zero_zh,
    f.span_kind,
    f.span_month,
    f.category_code,
    f.value,
    f.state,
    f.coverage_zh,
    f.prior_value,
    f.change_value,
    f.change_sign,
    f.is_open,
    v.phrase_zh,
    v.tone,
    v.is_zero_kept = '1' as is_zero_kept
from marts.figure as f
inner join core.dim_unit as u on f.unit_id = u.unit_id
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
left join catalogue.verdicts as v on f.verdict_code = v.verdict_code
where
    f.span_kind = :span_kind
    and f.span_month = :span_month
    and f.category_code = '*'
    and (f.unit_role = 'total' or f.unit_role = 'territory')
    and (i.placement = 'verdict' or (i.placement = 'card' and i.numerator_time = 'stock'))
order by case when f.unit_role = 'total' then 1 else 0 end, u.sort_no, i.sort_no
