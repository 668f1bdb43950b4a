-- grain: one row per target of any jurisdiction for any indicator, one document after the other
select
    t.indicator_code,
    t.document,
    t.article,
    t.quote,
    bool_or(t.is_own) as is_own,
    coalesce(u.name_zh, g.name_zh, '全辖区') as level_zh,
    c.name_zh as category_zh,
    t.month_from,
    t.month_to,
    t.comparator,
    t.target_value,
    t.is_soft,
    t.judged
from marts.target as t
left join core.dim_unit as u on t.level = u.unit_id
left join profile.groups as g on t.level = g.group_code
left join catalogue.codes as c
    on c.code_list = 'training_category' and t.category_code = c.code
group by all
order by
    t.indicator_code asc,
    bool_or(t.is_own) desc,
    t.document asc,
    t.month_from asc,
    c.name_zh asc nulls first
