-- grain: one row per unit behind a derived figure and base indicator its model reads, each a figure of its own
with member as (
    select
        m.member_id,
        m.n_amount,
        m.d_amount,
        d.sql_text,
        case
            when m.member_id = m.unit_id then m.unit_role
            else split_part(i.unit_roles, ';', 1)
        end as member_role
    from derived.member as m
    inner join catalogue.indicators as i on m.indicator_code = i.indicator_code
    inner join catalogue.model as d
        on d.schema_name = 'derived' and d.model_name = m.indicator_code
    where
        m.indicator_code = :indicator_code
        and m.span_kind = :span_kind
        and m.span_month = :span_month
        and m.unit_role = :unit_role
        and m.unit_id = :unit_id
)

select
    m.member_id as unit_id,
    u.name_zh as unit_name_zh,
    m.n_amount,
    m.d_amount,
    b.indicator_code,
    b.name_zh,
    b.unit_zh,
    b.decimals,
    f.unit_role,
    f.span_kind,
    f.span_month,
    f.category_code,
    f.value,
    f.prior_value
from member as m
inner join core.dim_unit as u on m.member_id = u.unit_id
inner join catalogue.indicators as b
    on b.kind = 'base' and strpos(m.sql_text, '''' || b.indicator_code || '''') > 0
inner join marts.figure as f
    on
        b.indicator_code = f.indicator_code
        and f.span_kind = :span_kind
        and f.span_month = :span_month
        and m.member_role = f.unit_role
        and m.member_id = f.unit_id
        and f.category_code = '*'
order by m.n_amount desc, u.sort_no asc, b.sort_no asc
