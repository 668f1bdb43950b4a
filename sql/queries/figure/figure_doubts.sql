-- grain: one row per check that doubts rows of one figure's unit and span, the commonest first
-- A row is the unit's when it lies in its territory, is of its department, was done or was sent by it.
with span as (
    select s.*
    from core.dim_span as s
    where s.span_kind = :span_kind and s.span_month = :span_month
),

doubted as (
    select
        f.check_code,
        f.detail_zh
    from marts.check_finding as f
    cross join span as s
    where
        f.scope = 'notice'
        and f.month between s.month_from and s.month_to
        and (
            f.indicator_codes = '*'
            or list_contains(string_split(f.indicator_codes, ';'), :indicator_code)
        )
        and case :unit_role
            when 'total' then true
            when 'territory' then :unit_id in (f.territory_id, f.unit_id)
            when 'department' then :unit_id in (f.department_id, f.unit_id)
            when 'actor' then :unit_id in (f.actor_id, f.unit_id)
            when 'group'
                then exists (
                    select u.unit_id from core.dim_unit as u
                    where
                        u.is_territory
                        and u.group_code = :unit_id
                        and u.unit_id in (f.territory_id, f.unit_id)
                )
            else false
        end
)

select
    c.name_zh,
    count(*) as finding_count,
    min(d.detail_zh) as detail_zh
from doubted as d
inner join catalogue.checks as c on d.check_code = c.check_code
group by c.check_code, c.name_zh
order by count(*) desc nulls last, c.check_code asc nulls last
