-- grain: one row per measure row behind one figure and part, down to workbook, sheet and row
with span as (
    select s.*
    from core.dim_span as s
    where s.span_kind = :span_kind and s.span_month = :span_month
),

behind as (
    select
        m.part,
        r.time_rule,
        r.is_by_entity,
        m.amount,
        m.entity_id,
        m.row_id,
        m.territory_id,
        m.department_id,
        m.actor_id,
        m.category_code
    from marts.measure as m
    inner join marts.time_rule as r on m.indicator_code = r.indicator_code and m.part = r.part
    cross join span as s
    where
        m.indicator_code = :indicator_code
        and case r.time_rule
            when 'stock'
                then m.month <= s.month_to and (m.done_month is null or m.done_month > s.month_to)
            when 'given' then m.month = s.month_from and m.done_month = s.month_to
            when 'cohort'
                then m.month between s.month_from and s.month_to and m.done_month <= s.month_to
            else m.month between s.month_from and s.month_to
        end
        and case :unit_role
            when 'territory' then m.territory_id = :unit_id
            when 'group'
                then m.territory_id in (
                    select u.unit_id
                    from core.dim_unit as u
                    where u.is_territory and u.group_code = :unit_id
                )
            when 'department' then m.department_id = :unit_id
            when 'actor' then m.actor_id = :unit_id
            when 'sector' then m.sector_code = :unit_id
            when 'total' then :unit_id = 'total'
            else false
        end
        and (:category_code = '*' or m.category_code = :category_code)
),

entity as (
    select
        b.entity_id,
        sum(case when b.part = 'n' then b.amount end)
        = sum(case when b.part = 'd' then b.amount end) as is_whole
    from behind as b
    where b.is_by_entity
    group by b.entity_id
)

select
    b.part,
    b.time_rule,
    b.is_by_entity,
    b.amount,
    b.entity_id,
    b.category_code,
    u.name_zh as territory_zh,
    d.name_zh as department_zh,
    a.name_zh as actor_zh,
    f.subject_zh,
    f.event_date,
    f.due_date,
    f.done_date,
    f.status_zh,
    f.leader_zh,
    f.data_date,
    f.detail_zh,
    f.source_table,
    f.file_name,
    f.sheet_name,
    f.row_number,
    f.receipt_seq,
    b.row_id
from behind as b
inner join core.fct_source_row as f on b.row_id = f.row_id
left join entity as e on b.entity_id = e.entity_id
left join core.dim_unit as u on b.territory_id = u.unit_id
left join core.dim_unit as d on b.department_id = d.unit_id
left join core.dim_unit as a on b.actor_id = a.unit_id
where b.part = 'd' or coalesce(e.is_whole, true)
order by
    b.part desc, f.event_date asc, f.file_name asc, f.sheet_name asc, f.row_number asc
