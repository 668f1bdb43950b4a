-- grain: one row per measure row and each unit and category it counts for: the whole area, and every role the catalogue asks for
-- unplaced: what a sender's own ledger leaves without a place, by sender; no figure, but a doubt about the sender's own.
with placed as (
    select
        m.*,
        'total' as unit_role,
        'total' as unit_id
    from marts.measure as m

    union all

    select
        m.*,
        'territory' as unit_role,
        m.territory_id as unit_id
    from marts.measure as m

    union all

    select
        m.*,
        'group' as unit_role,
        u.group_code as unit_id
    from marts.measure as m
    inner join core.dim_unit as u on m.territory_id = u.unit_id
    where u.is_territory and u.group_code <> ''

    union all

    select
        m.*,
        'department' as unit_role,
        m.department_id as unit_id
    from marts.measure as m

    union all

    select
        m.*,
        'actor' as unit_role,
        m.actor_id as unit_id
    from marts.measure as m

    union all

    select
        m.*,
        'unplaced' as unit_role,
        m.actor_id as unit_id
    from marts.measure as m
    where m.territory_id = 'unassigned'
),

asked as (
    select
        p.*,
        r.time_rule,
        r.is_by_entity,
        r.has_category
    from placed as p
    inner join marts.time_rule as r on p.indicator_code = r.indicator_code and p.part = r.part
    where
        p.unit_role = 'total'
        or strpos(r.unit_roles, p.unit_role) > 0
        or (p.unit_role in ('group', 'unplaced') and strpos(r.unit_roles, 'territory') > 0)
),

role_measure as (
    select
        a.indicator_code,
        a.part,
        a.time_rule,
        a.is_by_entity,
        a.month,
        a.done_month,
        a.unit_role,
        a.unit_id,
        '*' as category_code,
        a.entity_id,
        a.amount,
        a.is_from_report,
        a.row_id
    from asked as a

    union all

    select
        a.indicator_code,
        a.part,
        a.time_rule,
        a.is_by_entity,
        a.month,
        a.done_month,
        a.unit_role,
        a.unit_id,
        a.category_code,
        a.entity_id,
        a.amount,
        a.is_from_report,
        a.row_id
    from asked as a
    where a.has_category
)

select * from role_measure
