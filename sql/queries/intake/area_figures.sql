-- grain: one row per indicator, month or 1—N月 of the whole area, with what its printing needs
select
    f.indicator_code,
    i.name_zh,
    i.unit_zh,
    i.decimals,
    i.direction,
    i.placement,
    f.span_kind,
    f.span_month,
    f.state,
    f.value,
    v.phrase_zh
from marts.figure as f
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
left join catalogue.verdicts as v on f.verdict_code = v.verdict_code and i.value_form = 'verdict'
where f.unit_role = 'total' and f.category_code = '*' and f.span_kind in ('month', 'ytd')
order by f.span_month desc, i.sort_no asc, f.span_kind desc
