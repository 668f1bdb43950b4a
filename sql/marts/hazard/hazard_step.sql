-- grain: one row per span and unit with major hazards found in it: how many were rectified, accepted, closed by its end
with reached as (
    select
        s.span_kind,
        s.span_month,
        c.unit_role,
        c.unit_id,
        c.rectified_date <= s.last_date as is_rectified,
        c.accepted_date <= s.last_date as is_accepted,
        c.closed_date <= s.last_date as is_closed
    from marts.hazard_course as c
    inner join core.dim_span as s on c.found_month between s.month_from and s.month_to
),

counted as (
    select
        r.span_kind,
        r.span_month,
        r.unit_role,
        r.unit_id,
        cast(count(*) as integer) as found_count,
        cast(count(case when r.is_rectified then 1 end) as integer) as rectified_count,
        cast(count(case when r.is_accepted then 1 end) as integer) as accepted_count,
        cast(count(case when r.is_closed then 1 end) as integer) as closed_count
    from reached as r
    group by r.span_kind, r.span_month, r.unit_role, r.unit_id
),

hazard_step as (
    select
        c.span_kind,
        c.span_month,
        c.unit_role,
        c.unit_id,
        c.found_count,
        c.rectified_count,
        c.accepted_count,
        c.closed_count,
        cast(
            round(100.0 * c.rectified_count / nullif(c.found_count, 0), 1) as decimal(18, 1)
        ) as rectified_pct,
        cast(
            round(100.0 * c.accepted_count / nullif(c.found_count, 0), 1) as decimal(18, 1)
        ) as accepted_pct,
        cast(
            round(100.0 * c.closed_count / nullif(c.found_count, 0), 1) as decimal(18, 1)
        ) as closed_pct
    from counted as c
)

select * from hazard_step
