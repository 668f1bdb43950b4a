-- grain: one row per rate with a yearly ceiling and month: how many deaths the ceiling comes to (全年上限折合)
-- The newest yearly denominator up to that year stands in for the year's own, which is published after it ends.
with yearly_denominator as (
    select
        m.indicator_code as indicator_code,
        m.month as year_from,
        m.amount as denominator,
        m.row_id as row_id
    from marts.measure as m
    inner join marts.time_rule as r
        on m.indicator_code = r.indicator_code and m.part = r.part and r.time_rule = 'given'
    where m.done_month = cast(m.month + interval 11 month as date)
),

candidate as (
    select
        t.indicator_code as indicator_code,
        t.span_month as span_month,
        t.comparator as comparator,
        t.target_value as target_value,
        cast(i.scale as decimal(18, 4)) as scale,
        d.year_from as year_from,
        d.denominator as denominator,
        row_number() over (
            partition by t.indicator_code, t.span_month
            order by d.year_from desc nulls last, d.row_id asc nulls last
        ) as recency
    from marts.figure_target as t
    inner join catalogue.indicators as i on t.indicator_code = i.indicator_code
    inner join yearly_denominator as d
        on t.indicator_code = d.indicator_code and d.year_from <= t.span_month
    where t.span_kind = 'ytd' and t.comparator in ('<', '<=')
),

implied_ceiling as (
    select
        c.indicator_code as indicator_code,
        c.span_month as span_month,
        cast(
            case c.comparator
                when '<' then ceil(c.target_value * c.denominator / nullif(c.scale, 0)) - 1
                else floor(c.target_value * c.denominator / nullif(c.scale, 0))
            end as decimal(18, 4)
        ) as implied_limit_count,
        year(c.year_from) as implied_basis_year
    from candidate as c
    where c.recency = 1
)

select * from implied_ceiling
