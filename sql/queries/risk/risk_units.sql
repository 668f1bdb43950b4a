-- grain: one row per territory: level, the rule that fired, its four counts; highest level first, then administrative order
select
    u.unit_id,
    u.name_zh as unit_name_zh,
    u.short_name,
    u.kind as unit_kind,
    u.tile_row,
    u.tile_col,
    l.risk_level_code,
    r.level_zh,
    r.color_zh,
    r.rule_zh,
    l.incident_count,
    l.death_count,
    l.stock_count,
    l.overdue_count,
    o.state as overdue_state
from core.dim_unit as u
left join marts.risk_level as l
    on u.unit_id = l.unit_id and l.span_kind = :span_kind and l.span_month = :span_month
left join catalogue.risk_levels as r on l.rule_no = cast(r.rule_no as integer)
left join marts.figure as o
    on
        o.indicator_code = 'major_hazard_overdue_count'
        and o.span_kind = 'month'
        and o.span_month = :span_month
        and o.unit_role = 'territory'
        and u.unit_id = o.unit_id
        and o.category_code = '*'
where u.is_territory
order by
    (
        select min(cast(x.rule_no as integer))
        from catalogue.risk_levels as x
        where x.risk_level_code = l.risk_level_code
    ) nulls last,
    u.sort_no
