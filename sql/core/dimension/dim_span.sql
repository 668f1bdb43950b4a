-- grain: one row per kind of span and end month
with kinds as (
    select
        'month' as span_kind,
        m.month as span_month,
        m.month as month_from,
        1 as month_count,
        cast(m.month - interval 1 month as date) as previous_month,
        m.year || '年' || m.month_no || '月' as label_zh
    from core.dim_month as m

    union all

    select
        'ytd' as span_kind,
        m.month as span_month,
        make_date(m.year, 1, 1) as month_from,
        m.month_no as month_count,
        cast(m.month - interval 1 month as date) as previous_month,
        m.year || '年1'
        || case when m.month_no = 1 then '' else '—' || m.month_no end
        || '月' as label_zh
    from core.dim_month as m

    union all

    select
        'quarter' as span_kind,
        m.month as span_month,
        cast(m.month - interval 2 month as date) as month_from,
        3 as month_count,
        cast(m.month - interval 3 month as date) as previous_month,
        m.year || '年第' || m.quarter || '季度' as label_zh
    from core.dim_month as m
    where m.month_no in (3, 6, 9, 12)

    union all

    select
        'year' as span_kind,
        m.month as span_month,
        make_date(m.year, 1, 1) as month_from,
        12 as month_count,
        cast(m.month - interval 12 month as date) as previous_month,
        m.year || '年全年' as label_zh
    from core.dim_month as m
    where m.month_no = 12

    union all

    select
        'rolling12' as span_kind,
        m.month as span_month,
        cast(m.month - interval 11 month as date) as month_from,
        12 as month_count,
        cast(m.month - interval 1 month as date) as previous_month,
        '截至' || m.year || '年' || m.month_no || '月的12个月' as label_zh
    from core.dim_month as m
),

dim_span as (
    select
        k.span_kind,
        k.span_month,
        k.month_from,
        k.span_month as month_to,
        k.month_count,
        m.last_date,
        cast(k.span_month - interval 12 month as date) as prior_year_month,
        k.previous_month,
        k.label_zh
    from kinds as k
    inner join core.dim_month as m on k.span_month = m.month
)

select * from dim_span
