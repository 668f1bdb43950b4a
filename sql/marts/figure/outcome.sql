-- grain: one row per figure of any indicator, base or derived, before it is compared with anything
with derived_grid as (
    select distinct
        i.indicator_code,
        v.span_kind,
        v.span_month,
        v.unit_role,
        v.unit_id
    from catalogue.indicators as i
    inner join catalogue.indicators as b
        on i.primary_dataset = b.primary_dataset and b.kind = 'base'
    inner join marts.value as v
        on
            b.indicator_code = v.indicator_code
            and strpos(i.span_kinds, v.span_kind) > 0
            and (
                v.unit_role = 'total'
                or strpos(i.unit_roles, v.unit_role) > 0
                or (v.unit_role = 'group' and strpos(i.unit_roles, 'territory') > 0)
            )
    where i.kind = 'derived'
),

summed as (
    select
        m.indicator_code,
        m.span_kind,
        m.span_month,
        m.unit_role,
        m.unit_id,
        cast(sum(m.n_amount) as decimal(18, 4)) as numerator,
        cast(sum(m.d_amount) as decimal(18, 4)) as denominator,
        max(m.verdict_code) as verdict_code
    from derived.member as m
    group by m.indicator_code, m.span_kind, m.span_month, m.unit_role, m.unit_id
),

outcome as (
    select
        v.indicator_code,
        v.span_kind,
        v.span_month,
        v.unit_role,
        v.unit_id,
        v.category_code,
        v.numerator,
        v.denominator,
        v.value,
        v.state,
        v.verdict_code,
        v.from_report_amount,
        v.coverage_state,
        v.doubt_amount,
        v.expected_unit_count,
        v.reported_unit_count
    from marts.value as v

    union all

    select
        g.indicator_code,
        g.span_kind,
        g.span_month,
        g.unit_role,
        g.unit_id,
        '*' as category_code,
        s.numerator,
        s.denominator,
        s.numerator as value,
        case
            when c.coverage_state = 'none' then 'not_reported'
            when s.numerator is null then 'not_applicable'
            when s.numerator = 0 and c.coverage_state = 'whole' then 'zero_reported'
            else 'value'
        end as state,
        s.verdict_code,
        cast(0 as decimal(18, 4)) as from_report_amount,
        c.coverage_state,
        cast(0 as decimal(18, 4)) as doubt_amount,
        c.expected_unit_count,
        c.reported_unit_count
    from derived_grid as g
    inner join marts.figure_coverage as c
        on
            g.indicator_code = c.indicator_code
            and g.span_kind = c.span_kind
            and g.span_month = c.span_month
            and g.unit_role = c.unit_role
            and g.unit_id = c.unit_id
    left join summed as s
        on
            g.indicator_code = s.indicator_code
            and g.span_kind = s.span_kind
            and g.span_month = s.span_month
            and g.unit_role = s.unit_role
            and g.unit_id = s.unit_id
)

select * from outcome
