-- grain: one row per span and territory: its risk level and the first rule of risk_levels.csv that fires
-- The rules are the office's own; an empty minimum asks nothing, the first rule in order decides.
with facts as (
    select
        i.span_kind,
        i.span_month,
        i.unit_id,
        i.value as incident_count,
        d.value as death_count,
        o.value as overdue_count,
        h.closing_count as stock_count
    from marts.figure as i
    inner join marts.figure as d
        on
            d.indicator_code = 'death_count'
            and i.span_kind = d.span_kind
            and i.span_month = d.span_month
            and i.unit_role = d.unit_role
            and i.unit_id = d.unit_id
            and d.category_code = '*'
    inner join marts.figure as o
        on
            o.indicator_code = 'major_hazard_overdue_count'
            and o.span_kind = 'month'
            and i.span_month = o.span_month
            and i.unit_role = o.unit_role
            and i.unit_id = o.unit_id
            and o.category_code = '*'
    inner join marts.hazard_flow as h
        on i.span_month = h.month and i.unit_role = h.unit_role and i.unit_id = h.unit_id
    where
        i.indicator_code = 'incident_count'
        and i.unit_role = 'territory'
        and i.category_code = '*'
),

fired as (
    select
        f.*,
        r.risk_level_code,
        r.rule_no,
        row_number() over (
            partition by f.span_kind, f.span_month, f.unit_id
            order by cast(r.rule_no as integer) asc nulls last, f.unit_id asc nulls last
        ) as turn
    from facts as f
    inner join catalogue.risk_levels as r
        on
            (r.incident_min = '' or f.incident_count >= cast(nullif(r.incident_min, '') as integer))
            and (r.death_min = '' or f.death_count >= cast(nullif(r.death_min, '') as integer))
            and (r.stock_min = '' or f.stock_count >= cast(nullif(r.stock_min, '') as integer))
            and (
                r.overdue_min = ''
                or f.overdue_count >= cast(nullif(r.overdue_min, '') as integer)
            )
    where f.incident_count is not null and f.death_count is not null
),

risk_level as (
    select
        f.span_kind,
        f.span_month,
        f.unit_id,
        f.incident_count,
        f.death_count,
        f.stock_count,
        f.overdue_count,
        f.risk_level_code,
        cast(f.rule_no as integer) as rule_no
    from fired as f
    where f.turn = 1
)

select * from risk_level
