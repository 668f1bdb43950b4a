-- grain: one row per figure that a target of this profile speaks to: the most specific target in force in its end month
with candidate as (
    select
        c.indicator_code,
        c.span_kind,
        c.span_month,
        c.unit_role,
        c.unit_id,
        c.category_code,
        t.target_id,
        t.category_code as target_category_code,
        t.month_from as target_month_from,
        t.month_to as target_month_to,
        t.comparator,
        t.target_value,
        t.is_soft,
        t.judged,
        row_number() over (
            partition by
                c.indicator_code, c.span_kind, c.span_month, c.unit_role, c.unit_id, c.category_code
            order by
                case when t.level = c.unit_id then 1 else 2 end nulls last,
                case when t.category_code = c.category_code then 1 else 2 end nulls last,
                t.month_to nulls last,
                t.target_id nulls last
        ) as preference
    from marts.comparison as c
    left join core.dim_unit as u on c.unit_id = u.unit_id
    inner join marts.target as t
        on
            t.is_own
            and c.indicator_code = t.indicator_code
            and c.span_month between t.month_from and t.month_to
            and c.unit_role <> 'group'
            and (t.level = c.unit_id or t.level = u.group_code)
            and (t.category_code in (c.category_code, '*') or c.category_code = '*')
),

figure_target as (
    select
        c.indicator_code,
        c.span_kind,
        c.span_month,
        c.unit_role,
        c.unit_id,
        c.category_code,
        c.target_id,
        c.target_category_code,
        c.target_month_from,
        c.target_month_to,
        c.comparator,
        c.target_value,
        c.is_soft,
        c.judged
    from candidate as c
    where c.preference = 1
)

select * from figure_target
