-- grain: one row per share whose numerator exceeds its denominator
select
    'numerator_within' as check_code,
    cast(null as integer) as receipt_seq,
    cast(null as varchar) as row_id,
    v.unit_id,
    v.span_month as month,
    i.name_zh || ' ' || s.label_zh || '：分子 ' || v.numerator
    || ' 大于分母 ' || coalesce(v.denominator, 0) as detail_zh
from marts.value as v
inner join catalogue.indicators as i on v.indicator_code = i.indicator_code
inner join core.dim_span as s on v.span_kind = s.span_kind and v.span_month = s.span_month
where i.is_share = '1' and v.numerator > coalesce(v.denominator, 0)
