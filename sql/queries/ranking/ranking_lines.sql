-- grain: one row per unit and item of a ranking: what was reached, earned and lost, and why
select
    i.unit_id,
    i.item_code,
    i.item_zh,
    i.indicator_code,
    'ytd' as span_kind,
    i.span_month,
    i.unit_role,
    '*' as category_code,
    i.mode,
    m.name_zh as mode_zh,
    i.numerator,
    i.denominator,
    i.value,
    i.line_state,
    c.name_zh as line_state_zh,
    i.share,
    i.points,
    i.is_counted,
    i.earned_points,
    i.lost_points,
    i.is_largest_loss,
    i.is_veto,
    i.reason_zh
from marts.score_item as i
inner join marts.score as s
    on
        i.scheme_code = s.scheme_code
        and i.version = s.version
        and i.span_month = s.span_month
        and i.unit_id = s.unit_id
inner join catalogue.codes as m on m.code_list = 'score_mode' and i.mode = m.code
inner join catalogue.codes as c on c.code_list = 'score_line_state' and i.line_state = c.code
where s.scheme_code = :scheme_code and s.list_code = :list_code and s.span_month = :month
order by s.sort_no, i.unit_id, i.sort_no
