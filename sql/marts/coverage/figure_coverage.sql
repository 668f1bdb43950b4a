-- grain: one row per indicator, span, role and unit: what is known of the figure, and what may be missing in it
-- What is known although nobody spoke for the span (totals of other units, items closed ahead) stands, with its hole named.
-- doubt_amount: cases without a place and rows handed back, all of which may be the unit's own; null when nobody can say.
with due as (
    select
        i.indicator_code,
        i.primary_dataset as dataset,
        i.kind = 'derived' or i.reported_item <> '' as has_totals,
        i.numerator_time = 'stock' as is_stock,
        i.value_form,
        i.unit_zh,
        s.span_kind,
        s.span_month,
        r.unit_role,
        r.unit_id
    from catalogue.indicators as i
    inner join core.dim_span as s on strpos(i.span_kinds, s.span_kind) > 0
    inner join core.dim_role_unit as r
        on
            r.unit_role = 'total'
            or strpos(i.unit_roles, r.unit_role) > 0
            or (r.unit_role = 'group' and strpos(i.unit_roles, 'territory') > 0)
),

own as (
    select distinct
        o.dataset,
        o.unit_role,
        o.unit_id
    from core.dim_own_speaker as o
),

joined as (
    select
        d.*,
        case
            when g.dataset is null then 'whole'
            when d.is_stock then coalesce(c.stock_state, 'none')
            else coalesce(c.flow_state, 'none')
        end as span_state,
        coalesce(k.amount, 0) as known_amount,
        c.hole_count,
        c.hole_from_month,
        c.hole_to_month,
        c.known_to_date,
        c.carried_month,
        coalesce(c.expected_count, 0) as expected_unit_count,
        coalesce(c.known_count, 0) as reported_unit_count,
        case when d.value_form = 'count' then coalesce(u.amount, 0) else 0 end as unplaced_amount,
        coalesce(case when d.is_stock then t.stock_row_count else t.flow_row_count end, 0)
            as returned_row_count,
        case
            when t.dataset is null then 0
            when d.unit_zh = '人' then t.death_count
            when d.is_stock then t.stock_row_count
            else t.flow_row_count
        end as returned_amount
    from due as d
    left join catalogue.coverage_rules as g on d.dataset = g.dataset
    left join marts.span_coverage as c
        on
            d.dataset = c.dataset
            and d.has_totals = c.has_totals
            and d.span_kind = c.span_kind
            and d.span_month = c.span_month
            and d.unit_role = c.unit_role
            and d.unit_id = c.unit_id
    left join marts.span_amount as k
        on
            d.indicator_code = k.indicator_code
            and k.part = 'n' and k.category_code = '*'
            and d.span_kind = k.span_kind
            and d.span_month = k.span_month
            and d.unit_role = k.unit_role
            and d.unit_id = k.unit_id
    left join own as o
        on d.dataset = o.dataset and d.unit_role = o.unit_role and d.unit_id = o.unit_id
    left join marts.span_amount as u
        on
            d.indicator_code = u.indicator_code
            and u.part = 'n' and u.category_code = '*'
            and d.unit_id <> 'unassigned'
            and case when o.unit_id is null then 'unassigned' else d.unit_id end = u.unit_id
            and d.span_kind = u.span_kind
            and d.span_month = u.span_month
            and case
                when o.unit_id is not null then 'unplaced'
                when d.unit_role = 'group' then 'territory'
                else d.unit_role
            end = u.unit_role
    left join marts.returned_count as t
        on
            d.dataset = t.dataset
            and d.span_kind = t.span_kind
            and d.span_month = t.span_month
            and d.unit_role = t.unit_role
            and d.unit_id = t.unit_id
),

figure_coverage as (
    select
        j.indicator_code, j.span_kind, j.span_month,
        j.unit_role, j.unit_id, j.unit_zh,
        case
            when j.span_state = 'none' and j.known_amount <> 0 then 'hole' else j.span_state
        end as coverage_state,
        j.hole_count,
        j.hole_from_month, j.hole_to_month,
        j.known_to_date, j.carried_month,
        j.expected_unit_count,
        j.reported_unit_count,
        j.unplaced_amount, j.returned_row_count,
        cast(
            case when j.value_form = 'count' then j.unplaced_amount + j.returned_amount else 0 end
            as decimal(18, 4)
        ) as doubt_amount
    from joined as j
)

select * from figure_coverage
