-- grain: one row per unit and item of a ranking: what was reached, earned and lost, and why
select
    i.unit_id as unit_id,
    i.item_code as item_code,
    i.item_zh as item_zh,
    i.indicator_code as indicator_code,
    'ytd' as span_kind,
    i.span_month as span_month,
    i.unit_role as unit_role,
    '*' as category_code,
    i.mode as mode,
    m.name_zh as mode_zh,
    i.numerator as numerator,
    i.denominator as denominator,
    i.value as value,
    i.line_state as line_state,
    c.name_zh as line_state_zh,
    i.share as share,
    i.points as points,
    i.is_counted as is_counted,
    i.earned_points as earned_points,
    i.lost_points as lost_points,
    i.is_largest_loss as is_largest_loss,
    i.is_veto as is_veto,
    i.reason_zh as reason_zh
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
