-- grain: one row per rate with a yearly ceiling and month: how many deaths the ceiling comes to (全年上限折合)
-- The largest whole number whose printed rate still meets the ceiling, as marts.figure_status judges the printed value.
-- The newest yearly denominator up to that year stands in for the year's own, which is published after it ends.
with yearly_denominator as (
    select
        m.indicator_code,
        m.month as year_from,
        m.amount as denominator,
        m.row_id
    from marts.measure as m
    inner join marts.time_rule as r
        on m.indicator_code = r.indicator_code and m.part = r.part and r.time_rule = 'given'
    where m.done_month = cast(m.month + interval 11 month as date)
),

candidate as (
    select
        t.indicator_code,
        t.span_month,
        t.comparator,
        t.target_value,
        cast(i.scale as decimal(18, 4)) as scale,
        case cast(i.decimals as integer)
            when 0 then 1
            when 1 then 10
            when 2 then 100
            when 3 then 1000
            else 10000
        end as steps,
        d.year_from,
        d.denominator,
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

highest as (
    select
        c.*,
        case c.comparator
            when '<' then ceil(c.target_value * c.steps) - 1
            else floor(c.target_value * c.steps)
        end as highest_step
    from candidate as c
    where c.recency = 1
),

bounded as (
    select
        h.*,
        floor(cast(
            (2 * h.highest_step + 1) * h.denominator / nullif(2 * h.steps * h.scale, 0)
            as decimal(18, 8)
        )) as limit_count
    from highest as h
),

implied_ceiling as (
    select
        b.indicator_code,
        b.span_month,
        cast(b.limit_count - case
            when
                round(
                    b.steps
                    * cast(b.scale * b.limit_count / nullif(b.denominator, 0) as decimal(18, 8)),
                    0
                ) > b.highest_step
                then 1
            else 0
        end as decimal(18, 4)) as implied_limit_count,
        year(b.year_from) as implied_basis_year
    from bounded as b
)

select * from implied_ceiling
