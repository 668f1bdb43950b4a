-- grain: one row per version of a scheme, month, ranked unit and item: the figure of 1—N月 it reads, and the rows that leave it out
with due as (
    select
        i.*,
        s.missing_report,
        s.left_out,
        p.span_month,
        u.unit_id,
        u.group_code
    from marts.scheme as s
    inner join marts.scheme_item as i on s.scheme_code = i.scheme_code and s.version = i.version
    inner join core.dim_span as p
        on p.span_kind = 'ytd' and p.span_month between s.month_from and s.month_to
    inner join marts.data_state as d on p.span_month <= d.opening_month
    inner join profile.units as u
        on
            strpos(';' || s.group_codes || ';', ';' || u.group_code || ';') > 0
            and p.span_month >= cast(coalesce(nullif(u.valid_from, ''), '2000-01') || '-01' as date)
            and p.span_month <= cast(coalesce(nullif(u.valid_to, ''), '2099-12') || '-01' as date)
),

score_due as (
    select
        d.scheme_code, d.version,
        d.item_code, d.item_zh,
        d.indicator_code, d.unit_role,
        d.mode, d.points,
        d.full_at, d.zero_at,
        d.unit_points, d.step1_at,
        d.step1_share, d.step2_at,
        d.step2_share, d.step3_at,
        d.step3_share, d.floor_points,
        d.minimum_denominator, d.veto_comparator,
        d.veto_value,
        d.missing_report, d.left_out,
        d.span_month, d.unit_id, d.group_code,
        f.numerator,
        f.denominator,
        f.value,
        f.state as figure_state,
        f.coverage_zh,
        f.state = 'not_reported' or f.coverage_state in ('hole', 'carried', 'open', 'none')
            as is_missing,
        i.value_form,
        cast(i.scale as decimal(18, 4)) as scale,
        case when i.direction = 'down' then -1 else 1 end as way,
        case when d.left_out <> 'out' then coalesce(l.handed_back_count, 0) else 0 end
            as handed_back_count,
        case when d.left_out <> 'out' then coalesce(l.bare_count, 0) else 0 end as bare_count
    from due as d
    inner join catalogue.indicators as i on d.indicator_code = i.indicator_code
    left join marts.left_out as l
        on
            d.indicator_code = l.indicator_code
            and d.unit_id = l.unit_id
            and d.span_month = l.span_month
    left join marts.figure as f
        on
            d.indicator_code = f.indicator_code
            and f.span_kind = 'ytd'
            and d.span_month = f.span_month
            and d.unit_role = f.unit_role
            and d.unit_id = f.unit_id
            and f.category_code = '*'
)

select * from score_due
