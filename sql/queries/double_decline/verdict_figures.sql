-- grain: one row per unit or sector and indicator of the verdict, the whole area last
select
    f.unit_role,
    f.unit_id,
    coalesce(u.name_zh, c.name_zh, '未分行业') as unit_name_zh,
    coalesce(u.short_name, c.name_zh, '未分行业') as short_name,
    coalesce(u.kind, '行业') as unit_kind,
    f.indicator_code,
    i.name_zh,
    i.value_form,
    i.unit_zh,
    i.decimals,
    i.direction,
    case when i.domain_code = 'incident' then '未发生' else '0' end as zero_zh,
    f.span_kind,
    f.span_month,
    f.category_code,
    f.value,
    coalesce(f.state, 'not_applicable') as state,
    f.prior_value,
    f.change_value,
    f.change_sign,
    f.change_pct,
    f.base_state,
    f.coverage_zh,
    f.is_open,
    v.verdict_code,
    v.phrase_zh,
    v.tone,
    v.is_zero_kept = '1' as is_zero_kept,
    v.sort_no as verdict_no,
    i.caveat_zh
from (
    select * from marts.figure
    union all by name
    select * from marts.sector_value
    union all by name
    select * from marts.sector_verdict
) as f
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
left join core.dim_unit as u on f.unit_role <> 'sector' and f.unit_id = u.unit_id
left join catalogue.codes as c
    on f.unit_role = 'sector' and c.code_list = 'sector_bulletin' and f.unit_id = c.code
left join catalogue.verdicts as v on f.verdict_code = v.verdict_code
where
    f.span_kind = :span_kind
    and f.span_month = :span_month
    and f.category_code = '*'
    and f.unit_role in ('total', :unit_role)
    and i.placement = 'verdict'
order by
    case when f.unit_role = 'total' then 1 else 0 end,
    coalesce(u.sort_no, c.sort_no, 999),
    i.sort_no
