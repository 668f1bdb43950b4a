-- grain: one row per indicator, part, span, unit and category that has measure rows: the one place where rows become amounts
-- flow: month in the span. cohort: and done by its end. stock: begun and not done by its end. given: stated for exactly this span.
-- Counted by entity, an entity counts once, and in the numerator only when each of its lines is there (全部合格才算).
with monthly as (
    select
        m.indicator_code,
        m.part,
        m.time_rule,
        m.month,
        m.done_month,
        m.unit_role,
        m.unit_id,
        m.category_code,
        sum(m.amount) as amount,
        sum(case when m.is_from_report then m.amount else 0 end) as reported_amount
    from marts.role_measure as m
    where not m.is_by_entity
    group by
        m.indicator_code, m.part, m.time_rule, m.month, m.done_month,
        m.unit_role, m.unit_id, m.category_code
),

in_span as (
    select
        m.*,
        s.span_kind,
        s.span_month
    from monthly as m
    inner join core.dim_span as s on m.month between s.month_from and s.month_to
    where
        m.time_rule = 'flow'
        or (m.time_rule = 'cohort' and m.done_month <= s.month_to)
        or (m.time_rule = 'given' and m.month = s.month_from and m.done_month = s.month_to)

    union all

    select
        m.*,
        s.span_kind,
        s.span_month
    from monthly as m
    inner join core.dim_span as s on m.month <= s.month_to
    where m.time_rule = 'stock' and (m.done_month is null or m.done_month > s.month_to)
),

summed as (
    select
        i.indicator_code,
        i.part,
        i.span_kind,
        i.span_month,
        i.unit_role,
        i.unit_id,
        i.category_code,
        cast(sum(i.amount) as decimal(18, 4)) as amount,
        cast(sum(i.reported_amount) as decimal(18, 4)) as reported_amount
    from in_span as i
    group by
        i.indicator_code, i.part, i.span_kind, i.span_month,
        i.unit_role, i.unit_id, i.category_code
),

entity_line as (
    select
        m.indicator_code,
        m.part,
        s.span_kind,
        s.span_month,
        m.unit_role,
        m.unit_id,
        m.category_code,
        m.entity_id,
        sum(m.amount) as line_amount
    from marts.role_measure as m
    inner join core.dim_span as s on m.month <= s.month_to
    where
        m.is_by_entity
        and (
            (m.time_rule = 'flow' and m.month >= s.month_from)
            or (m.time_rule = 'stock' and (m.done_month is null or m.done_month > s.month_to))
        )
    group by
        m.indicator_code, m.part, s.span_kind, s.span_month,
        m.unit_role, m.unit_id, m.category_code, m.entity_id
),

counted as (
    select
        l.indicator_code,
        l.part,
        l.span_kind,
        l.span_month,
        l.unit_role,
        l.unit_id,
        l.category_code,
        cast(count(case when l.line_amount = d.line_amount then 1 end) as decimal(18, 4)) as amount,
        cast(0 as decimal(18, 4)) as reported_amount
    from entity_line as l
    inner join entity_line as d
        on
            d.part = 'd'
            and l.indicator_code = d.indicator_code
            and l.span_kind = d.span_kind
            and l.span_month = d.span_month
            and l.unit_role = d.unit_role
            and l.unit_id = d.unit_id
            and l.category_code = d.category_code
            and l.entity_id = d.entity_id
    group by
        l.indicator_code, l.part, l.span_kind, l.span_month,
        l.unit_role, l.unit_id, l.category_code
),

span_amount as (
    select * from summed
    union all
    select * from counted
)

select * from span_amount
