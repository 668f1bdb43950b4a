-- grain: one row per dataset, role, unit and span with rows handed back by those who speak for it: how many, with how many deaths
-- A row without a readable day may lie in any month its table speaks for. stock: all that may have begun by the span's end.
-- death_count is unknown (null) as soon as one of the rows does not say it.
with placed as (
    select
        o.unit_role,
        o.unit_id,
        r.dataset,
        r.row_id,
        r.death_count,
        coalesce(r.business_date, r.span_from_date) as from_date,
        coalesce(r.business_date, r.span_to_date) as to_date
    from core.fct_returned_row as r
    inner join core.dim_own_speaker as o on r.dataset = o.dataset and r.unit_id = o.sender_id

    union all

    select
        u.unit_role,
        u.unit_id,
        r.dataset,
        r.row_id,
        r.death_count,
        coalesce(r.business_date, r.span_from_date) as from_date,
        coalesce(r.business_date, r.span_to_date) as to_date
    from core.fct_returned_row as r
    cross join core.dim_role_unit as u
    left join core.dim_own_speaker as o
        on r.dataset = o.dataset and u.unit_role = o.unit_role and u.unit_id = o.unit_id
    where o.unit_id is null
),

spanned as (
    select
        p.*,
        s.span_kind,
        s.span_month,
        p.to_date >= s.month_from as is_in_span
    from placed as p
    inner join core.dim_span as s on p.from_date <= s.last_date
),

returned_count as (
    select
        s.dataset,
        s.unit_role,
        s.unit_id,
        s.span_kind,
        s.span_month,
        cast(count(case when s.is_in_span then 1 end) as integer) as flow_row_count,
        cast(count(*) as integer) as stock_row_count,
        case
            when count(case when s.is_in_span and s.death_count is null then 1 end) = 0
                then cast(
                    coalesce(sum(case when s.is_in_span then s.death_count end), 0) as integer
                )
        end as death_count
    from spanned as s
    group by s.dataset, s.unit_role, s.unit_id, s.span_kind, s.span_month
)

select * from returned_count
