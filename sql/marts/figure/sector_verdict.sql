-- grain: one row per span and sector (行业) of the whole area whose incidents and deaths can be compared with last year
-- The same signs and the same rows of verdicts.csv as sql/derived/double_decline.sql.
with signed as (
    select
        i.span_kind,
        i.span_month,
        i.unit_role,
        i.unit_id,
        i.is_open,
        i.is_provisional,
        i.change_sign as incident_sign,
        d.change_sign as death_sign,
        i.value = 0 and i.prior_value = 0 and d.value = 0 and d.prior_value = 0 as is_zero_kept
    from marts.sector_value as i
    inner join marts.sector_value as d
        on
            d.indicator_code = 'death_count'
            and i.span_kind = d.span_kind
            and i.span_month = d.span_month
            and i.unit_id = d.unit_id
    where i.indicator_code = 'incident_count'
),

sector_verdict as (
    select
        'double_decline' as indicator_code,
        s.span_kind,
        s.span_month,
        s.unit_role,
        s.unit_id,
        '*' as category_code,
        v.verdict_code,
        s.is_open,
        s.is_provisional
    from signed as s
    inner join catalogue.verdicts as v
        on
            cast(v.incident_sign as integer) = s.incident_sign
            and cast(v.death_sign as integer) = s.death_sign
            and (v.is_zero_kept = '1') = s.is_zero_kept
)

select * from sector_verdict
