-- grain: one row per figure of major hazards (重大隐患) beside which hazards of no stated level (未注明级别) stand
-- Any of them may be a major one: for a level those open at the span's end, for all else those open at any time in it.
with ungraded as (
    select
        h.territory_id,
        h.department_id,
        cast(date_trunc('month', h.found_date) as date) as found_month,
        cast(date_trunc('month', h.done_date) as date) as done_month
    from core.fct_hazard as h
    left join catalogue.codes as c
        on c.code_list = 'hazard_grade' and h.hazard_grade_code = c.code
    where c.code is null
),

placed as (
    select
        u.*,
        'total' as unit_role,
        'total' as unit_id
    from ungraded as u

    union all

    select
        u.*,
        'territory' as unit_role,
        u.territory_id as unit_id
    from ungraded as u

    union all

    select
        u.*,
        'group' as unit_role,
        d.group_code as unit_id
    from ungraded as u
    inner join core.dim_unit as d on u.territory_id = d.unit_id
    where d.is_territory and d.group_code <> ''

    union all

    select
        u.*,
        'department' as unit_role,
        u.department_id as unit_id
    from ungraded as u
),

ungraded_hazard as (
    select
        i.indicator_code,
        s.span_kind,
        s.span_month,
        p.unit_role,
        p.unit_id,
        cast(count(*) as integer) as ungraded_count
    from placed as p
    inner join core.dim_span as s on p.found_month <= s.month_to
    inner join catalogue.indicators as i
        on
            i.domain_code = 'hazard'
            and strpos(i.span_kinds, s.span_kind) > 0
            and (
                p.done_month is null
                or p.done_month > s.month_to
                or (i.numerator_time <> 'stock' and p.done_month >= s.month_from)
            )
    group by i.indicator_code, s.span_kind, s.span_month, p.unit_role, p.unit_id
)

select * from ungraded_hazard
