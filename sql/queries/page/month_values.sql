-- grain: one row per figure of a month and of its 1—N月: what an edition printed, to be compared with today
select
    f.indicator_code,
    f.span_kind,
    f.unit_role,
    f.unit_id,
    f.category_code,
    f.value
from marts.figure as f
where f.span_month = :span_month and f.span_kind in ('month', 'ytd')
