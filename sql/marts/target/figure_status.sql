-- grain: one row per figure with its target's verdict: met, missed, breached, running, no_target, not_applicable
-- A ceiling on a figure that cannot fall is breached once passed, a floor on one is met once reached; a standing demand is
-- judged at every span; all else runs until the target's last month. A yearly demand is judged on 1—N月 and the year only.
-- A span with a hole is not judged. Where units are missing, cases lie unplaced or rows were handed back, 达标 is given only
-- if it held with all of them; a ceiling already passed stays passed.
-- A demand on a verdict is met by what verdicts.csv says meets it: 双下降, and 保持零事故, which keeps its own word.
with sided as (
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
        f.coverage_state = 'whole'
        and case
            when f.limit_side = 'falling'
                then f.worst_value < f.prior_value or (f.worst_value = 0 and f.prior_value = 0)
            when f.comparator = '<' then f.worst_value < f.limit_value
            when f.limit_side = 'ceiling' then f.worst_value <= f.limit_value
            else f.coverage_state = 'whole'
        end as is_sure,
        f.limit_side = 'ceiling' or (f.is_share and f.limit_value >= f.scale) as is_lost,
        f.limit_side = 'falling'
        and f.is_monotone
        and f.value >= f.limit_value
        and f.value > 0 as is_past_last_year,
        (year(f.span_month) - year(f.target_month_from)) * 12
        + month(f.span_month) - month(f.target_month_from) + 1 as elapsed_count,
        (year(f.target_month_to) - year(f.target_month_from)) * 12
        + month(f.target_month_to) - month(f.target_month_from) + 1 as term_count
    from marts.figure_limit as f
),

figure_status as (
    select
        s.indicator_code,
        s.span_kind,
        s.span_month,
        s.unit_role,
        s.unit_id,
        s.category_code,
        s.is_open,
        s.is_provisional,
        s.limit_value,
        case
            when s.target_id is null then 'no_target'
            when s.value is null then 'not_applicable'
            when s.coverage_state in ('hole', 'carried', 'none') then 'not_applicable'
            when s.span_kind not in ('ytd', 'year') and not s.is_stock then 'not_applicable'
            when
                s.is_open
                and not (s.is_monotone and s.limit_side = 'ceiling' and not s.is_kept)
                and not coalesce(s.is_past_last_year, false)
                then 'running'
            when
                (s.judged = 'standing' or s.is_final)
                and (
                    (s.is_kept and not coalesce(s.is_sure, false))
                    or (s.coverage_state = 'incomplete' and not s.is_kept and not s.is_lost)
                )
                then 'not_applicable'
            when s.judged = 'standing' then case when s.is_kept then 'met' else 'missed' end
            when s.is_past_last_year then 'breached'
            when s.limit_side = 'ceiling' and s.is_monotone and not s.is_kept then 'breached'
            when s.limit_side = 'floor' and s.is_monotone and s.is_kept and s.is_sure then 'met'
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
