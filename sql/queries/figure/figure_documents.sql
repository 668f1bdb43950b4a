-- grain: one row per indicator of one unit and span that a target judges: the document, article and words behind it
select distinct
    i.sort_no,
    f.indicator_code,
    i.name_zh,
    t.document,
    t.article,
    t.quote
from marts.figure as f
inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
inner join marts.target as t on f.target_id = t.target_id and t.is_own
where
    f.span_kind = :span_kind
    and f.span_month = :span_month
    and f.unit_id = :unit_id
    and f.category_code = '*'
order by i.sort_no
