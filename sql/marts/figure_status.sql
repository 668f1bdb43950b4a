-- grain: one row per figure with its target's verdict: met, missed, breached, running, no_target, not_applicable
-- A ceiling on a figure that cannot fall is breached once passed, a floor on one is met once reached; a standing demand is
-- judged at every span; all else runs until the target's last month. A yearly demand is judged on 1—N月 and the year only.
-- A demand on a verdict is met by what verdicts.csv says meets it: 双下降, and 保持零事故, which keeps its own word.
with faced as (
    select
        c.indicator_code as indicator_code,
        c.span_kind as span_kind,
        c.span_month as span_month,
        c.unit_role as unit_role,
        c.unit_id as unit_id,
        c.category_code as category_code,
        c.value as value,
        c.state as state,
        c.prior_value as prior_value,
        c.change_sign as change_sign,
        c.last_date > a.data_as_of_date as is_open,
        c.last_date + cast(i.provisional_days as integer) > a.data_as_of_date as is_provisional,
        i.is_monotone = '1' as is_monotone,
        w.is_target_met = '1' as is_verdict_met,
        i.numerator_time = 'stock' as is_stock,
        t.target_id as target_id,
        t.comparator as comparator,
        t.judged as judged,
        t.target_month_from as target_month_from,
        t.target_month_to as target_month_to,
        case when t.comparator = 'down_yoy' then y.value else t.target_value end as limit_value,
        case
            when t.comparator in ('<', '<=') then 'ceiling'
            when t.comparator = '=' and i.direction = 'down' then 'ceiling'
            when t.comparator = 'down_yoy' then 'falling'
            else 'floor'
        end as limit_side
    from marts.comparison as c
    inner join catalogue.indicators as i on c.indicator_code = i.indicator_code
    left join catalogue.verdicts as w on c.verdict_code = w.verdict_code
    left join marts.dataset_state as a on i.primary_dataset = a.dataset
    left join marts.figure_target as t
        on
            c.indicator_code = t.indicator_code
            and c.span_kind = t.span_kind
            and c.span_month = t.span_month
            and c.unit_role = t.unit_role
            and c.unit_id = t.unit_id
            and c.category_code = t.category_code
    left join marts.comparison as y
        on
            c.indicator_code = y.indicator_code
            and y.span_kind = 'year'
            and y.span_month = make_date(year(c.span_month) - 1, 12, 1)
            and c.unit_role = y.unit_role
            and c.unit_id = y.unit_id
            and c.category_code = y.category_code
),

sided as (
    select
        f.*,
        not f.is_open and f.span_month = f.target_month_to as is_final,
        case
            when f.is_verdict_met is not null then f.is_verdict_met
            when f.limit_side = 'falling'
                then f.change_sign = -1 or (f.value = 0 and f.prior_value = 0)
            when f.comparator = '<' then f.value < f.limit_value
            when f.limit_side = 'ceiling' then f.value <= f.limit_value
            when f.comparator = '>' then f.value > f.limit_value
            else f.value >= f.limit_value
        end as is_kept,
        f.limit_side = 'falling' and f.is_monotone
        and f.value >= f.limit_value and f.value > 0 as is_past_last_year,
        (year(f.span_month) - year(f.target_month_from)) * 12
        + month(f.span_month) - month(f.target_month_from) + 1 as elapsed_count,
        (year(f.target_month_to) - year(f.target_month_from)) * 12
        + month(f.target_month_to) - month(f.target_month_from) + 1 as term_count
    from faced as f
),

figure_status as (
    select
        s.indicator_code as indicator_code,
        s.span_kind as span_kind,
        s.span_month as span_month,
        s.unit_role as unit_role,
        s.unit_id as unit_id,
        s.category_code as category_code,
        s.is_open as is_open,
        s.is_provisional as is_provisional,
        s.limit_value as limit_value,
        case
            when s.target_id is null then 'no_target'
            when s.value is null then 'not_applicable'
            when s.span_kind not in ('ytd', 'year') and not s.is_stock then 'not_applicable'
            when
                s.is_open and not (s.is_monotone and s.limit_side = 'ceiling' and not s.is_kept)
                then 'running'
            when s.judged = 'standing' then case when s.is_kept then 'met' else 'missed' end
            when s.is_past_last_year then 'breached'
            when s.limit_side = 'ceiling' and s.is_monotone and not s.is_kept then 'breached'
            when s.limit_side = 'floor' and s.is_monotone and s.is_kept then 'met'
            when s.is_final and s.is_kept then 'met'
            when
                s.is_final and s.limit_side = 'falling' and s.prior_value is null
                then 'not_applicable'
            when s.is_final then 'missed'
            else 'running'
        end as status_code,
        case
            when s.value is not null and s.limit_value > 0
                then cast(round(100 * s.value / nullif(s.limit_value, 0), 1) as decimal(18, 1))
        end as progress_pct,
        case
            when s.target_id is not null
                then cast(
                    round(100.0 * s.elapsed_count / nullif(s.term_count, 0), 1) as decimal(18, 1)
                )
        end as time_pct
    from sided as s
)

select * from figure_status
