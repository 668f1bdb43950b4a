-- grain: one row per base figure of the whole area that differs from the sum over the units of a role
with role_sum as (
    select
        a.indicator_code,
        a.part,
        a.span_kind,
        a.span_month,
        a.category_code,
        a.unit_role,
        sum(a.amount) as amount
    from marts.span_amount as a
    inner join marts.time_rule as r on a.indicator_code = r.indicator_code and a.part = r.part
    where not r.is_by_entity and a.unit_role not in ('total', 'group', 'unplaced')
    group by
        a.indicator_code, a.part, a.span_kind, a.span_month, a.category_code, a.unit_role
),

chk_role_total as (
    select
        'role_total' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        'total' as unit_id,
        t.span_month as month,
        i.name_zh || ' ' || p.label_zh || '：按' || case s.unit_role
            when 'territory' then '属地' when 'department' then '部门' else '执法单位'
        end || '相加 ' || s.amount || '，合计 ' || t.amount as detail_zh
    from marts.span_amount as t
    inner join role_sum as s
        on
            t.indicator_code = s.indicator_code
            and t.part = s.part
            and t.span_kind = s.span_kind
            and t.span_month = s.span_month
            and t.category_code = s.category_code
    inner join catalogue.indicators as i on t.indicator_code = i.indicator_code
    inner join core.dim_span as p on t.span_kind = p.span_kind and t.span_month = p.span_month
    where t.unit_role = 'total' and t.amount <> s.amount
)

select * from chk_role_total
