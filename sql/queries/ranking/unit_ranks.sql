-- grain: one row per unit of the ranked groups, for one indicator and span: figure, rank, rank one month before
-- A figure of 1—N月 starts anew each year: 1月 has no month before. The least denominator is that of the ranking scheme
-- in force for the unit; without one, the catalogue's.
with scheme_base as (
    select
        u.unit_id,
        max(coalesce(i.minimum_denominator, 0)) as minimum_base
    from core.dim_unit as u
    inner join marts.scheme as s
        on
            strpos(';' || s.group_codes || ';', ';' || u.group_code || ';') > 0
            and cast(:span_month as date) between s.month_from and s.month_to
    inner join marts.scheme_item as i
        on s.scheme_code = i.scheme_code and s.version = i.version
    where
        u.group_code <> ''
        and i.indicator_code = :indicator_code
        and i.unit_role = 'territory'
        and i.mode <> 'veto'
    group by u.unit_id
),

figures as (
    select
        f.span_month,
        f.unit_id,
        u.name_zh as unit_name_zh,
        u.short_name,
        u.sort_no,
        i.unit_zh,
        i.decimals,
        i.direction,
        cast(coalesce(b.minimum_base, cast(i.minimum_base as integer)) as integer) as minimum_base,
        case when b.unit_id is null then '指标目录' else '晾晒方案' end as base_source_zh,
        f.numerator,
        f.denominator,
        f.value,
        f.state,
        f.coverage_zh,
        f.state in ('value', 'zero_reported')
        and coalesce(
            f.denominator >= coalesce(b.minimum_base, cast(i.minimum_base as integer)), true
        ) as is_ranked
    from marts.figure as f
    inner join core.dim_unit as u on f.unit_id = u.unit_id
    inner join catalogue.indicators as i on f.indicator_code = i.indicator_code
    left join scheme_base as b on f.unit_id = b.unit_id
    where
        f.indicator_code = :indicator_code
        and f.span_kind = :span_kind
        and f.span_month in (:span_month, cast(:span_month as date) - interval 1 month)
        and f.unit_role = 'territory'
        and f.category_code = '*'
        and i.is_rankable = '1'
        and u.group_code <> ''
),

ranked as (
    select
        f.*,
        case
            when f.is_ranked
                then rank() over (
                    partition by f.span_month, f.is_ranked
                    order by case when f.direction = 'up' then -f.value else f.value end
                )
        end as rank_no
    from figures as f
),

unit_ranks as (
    select
        r.*,
        p.rank_no as previous_rank_no
    from ranked as r
    left join ranked as p
        on
            r.unit_id = p.unit_id
            and r.span_month > p.span_month
            and (
                :span_kind <> 'ytd'
                or extract(year from r.span_month) = extract(year from p.span_month)
            )
    where r.span_month = :span_month
)

select * from unit_ranks
order by
    case when is_ranked then 1 else 2 end,
    case when direction = 'up' then -value else value end,
    sort_no
