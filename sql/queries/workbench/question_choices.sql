-- grain: one row per value a parameter of a question can take, in the order a list shows them
with unit_roles as (
    select
        u.name_zh as value_zh,
        u.sort_no,
        unnest(['单位', '属地', '主管部门', '执法单位']) as kind_zh,
        unnest([u.unit_id <> 'total', u.is_territory, u.is_department, u.is_actor]) as is_kind
    from core.dim_unit as u
),

question_choices as (
    select
        '月份' as kind_zh,
        strftime(m.month, '%Y-%m-%d') as value_zh,
        -datediff('month', date '2000-01-01', m.month) as sort_no
    from core.dim_month as m
    cross join marts.data_state as s
    where m.month <= s.opening_month

    union all

    select
        r.kind_zh,
        r.value_zh,
        r.sort_no
    from unit_roles as r
    where r.is_kind

    union all

    select
        case c.code_list when 'sector_field' then '行业领域' else '行业分类' end as kind_zh,
        c.name_zh as value_zh,
        c.sort_no
    from catalogue.codes as c
    where c.code_list in ('sector_field', 'sector_bulletin')
)

select
    c.kind_zh,
    c.value_zh
from question_choices as c
order by c.kind_zh, c.sort_no, c.value_zh
