-- grain: one row per span and unit whose incidents and deaths can be compared with the same span last year
-- A good verdict is given only where all is known and it held with every unplaced case and every row handed back.
-- 双下降: both strictly lower (滕安发〔2024〕6号 一; 东安发〔2024〕6号 一(二)). The nine sign pairs and 保持零事故 are rows of verdicts.csv.
with comparable as (
    select
        v.indicator_code,
        v.span_kind,
        v.span_month,
        v.unit_role,
        v.unit_id,
        v.value,
        p.value as prior_value,
        v.coverage_state = 'whole' and p.coverage_state = 'whole' as is_whole,
        v.value + v.doubt_amount as worst_value
    from marts.value as v
    inner join core.dim_span as s on v.span_kind = s.span_kind and v.span_month = s.span_month
    inner join marts.value as p
        on
            v.indicator_code = p.indicator_code
            and v.span_kind = p.span_kind
            and s.prior_year_month = p.span_month
            and v.unit_role = p.unit_role
            and v.unit_id = p.unit_id
            and v.category_code = p.category_code
    where
        v.coverage_state in ('whole', 'incomplete') and p.coverage_state in ('whole', 'incomplete')
),

signed as (
    select
        i.span_kind,
        i.span_month,
        i.unit_role,
        i.unit_id,
        cast(sign(i.value - i.prior_value) as integer) as incident_sign,
        cast(sign(d.value - d.prior_value) as integer) as death_sign,
        i.value = 0 and i.prior_value = 0 and d.value = 0 and d.prior_value = 0 as is_zero_kept,
        i.is_whole and d.is_whole as is_whole,
        coalesce(
            (i.worst_value < i.prior_value and d.worst_value < d.prior_value)
            or (
                i.worst_value = 0 and i.prior_value = 0 and d.worst_value = 0 and d.prior_value = 0
            ), false
        ) as is_good_at_worst
    from comparable as i
    inner join comparable as d
        on
            d.indicator_code = 'death_count'
            and i.span_kind = d.span_kind
            and i.span_month = d.span_month
            and i.unit_role = d.unit_role
            and i.unit_id = d.unit_id
    where i.indicator_code = 'incident_count'
),

double_decline as (
    select
        'double_decline' as indicator_code,
        s.span_kind,
        s.span_month,
        s.unit_role,
        s.unit_id,
        s.unit_id as member_id,
        cast(case when v.is_double_decline = '1' then 1 else 0 end as decimal(18, 4)) as n_amount,
        cast(1 as decimal(18, 4)) as d_amount,
        v.verdict_code
    from signed as s
    inner join catalogue.verdicts as v
        on
            s.incident_sign = cast(v.incident_sign as integer)
            and s.death_sign = cast(v.death_sign as integer)
            and s.is_zero_kept = (v.is_zero_kept = '1')
    where v.tone <> 'good' or (s.is_whole and s.is_good_at_worst)
)

select * from double_decline
