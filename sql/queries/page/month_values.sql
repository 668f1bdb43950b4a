-- grain: one row per figure of a month and of its 1—N月: what an edition printed, to be compared with today
select
    f.indicator_code as indicator_code,
    f.span_kind as span_kind,
    f.unit_role as unit_role,
    f.unit_id as unit_id,
    f.category_code as category_code,
    f.value as value
from marts.figure as f
where f.span_month = :span_month and f.span_kind in ('month', 'ytd')
