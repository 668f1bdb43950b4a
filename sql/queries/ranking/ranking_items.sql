-- grain: one row per item of a ranking: rule, indicator, the whole area's figure, the average of the ranked units
with average as (
    select
        i.item_code,
        count(i.earned_points) as unit_count,
        cast(round(avg(i.earned_points), 2) as decimal(18, 2)) as average_points
    from marts.score_item as i
    inner join marts.score as s
        on
            i.scheme_code = s.scheme_code
            and i.version = s.version
            and i.span_month = s.span_month
            and i.unit_id = s.unit_id
    where
        s.scheme_code = :scheme_code
        and s.list_code = :list_code
        and s.span_month = :month
        and s.state = 'ranked'
        and i.is_counted
    group by i.item_code
)

select
    r.item_code,
    r.item_zh,
    r.indicator_code,
    r.mode,
    w.points,
    r.full_at,
    r.zero_at,
    r.unit_points,
    r.minimum_denominator,
    r.note,
    i.name_zh,
    i.unit_zh,
    i.value_form,
    i.decimals,
    i.direction,
    i.numerator_zh,
    i.denominator_zh,
    i.definition_zh,
    i.caveat_zh,
    f.numerator,
    f.denominator,
    f.value,
    a.average_points,
    a.unit_count
from marts.scheme as s
inner join marts.scheme_item as r on s.scheme_code = r.scheme_code and s.version = r.version
inner join marts.score_weight as w
    on r.scheme_code = w.scheme_code and r.version = w.version and r.item_code = w.item_code
inner join catalogue.indicators as i on r.indicator_code = i.indicator_code
left join marts.figure as f
    on
        r.indicator_code = f.indicator_code
        and f.span_kind = 'ytd'
        and f.span_month = :month
        and f.unit_role = 'total'
        and f.category_code = '*'
left join average as a on r.item_code = a.item_code
where s.scheme_code = :scheme_code and :month between s.month_from and s.month_to
order by r.sort_no
