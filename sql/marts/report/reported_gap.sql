-- grain: one row per indicator, span and unit: ledger minus 上报汇总数 over the months that have both
with reported_month as (
    select
        i.indicator_code,
        f.report_month as month,
        u.unit_id,
        case when u.unit_id = 'total' then 'total' else 'territory' end as unit_role,
        cast(sum(f.amount) as decimal(18, 4)) as amount
    from core.fct_reported as f
    inner join catalogue.indicators as i on f.item_code = i.reported_item
    inner join core.dim_unit as u on u.unit_id in (f.reporter_id, 'total')
    where u.is_territory or u.unit_id = 'total'
    group by i.indicator_code, f.report_month, u.unit_id
),

both_known as (
    select
        r.indicator_code,
        r.month,
        r.unit_role,
        r.unit_id,
        v.numerator - r.amount as gap
    from reported_month as r
    inner join marts.value as v
        on
            r.indicator_code = v.indicator_code
            and v.span_kind = 'month'
            and r.month = v.span_month
            and r.unit_role = v.unit_role
            and r.unit_id = v.unit_id
            and v.category_code = '*'
    where v.from_report_amount = 0
),

reported_gap as (
    select
        b.indicator_code,
        s.span_kind,
        s.span_month,
        b.unit_role,
        b.unit_id,
        cast(sum(b.gap) as decimal(18, 4)) as gap
    from both_known as b
    inner join core.dim_span as s on b.month between s.month_from and s.month_to
    group by b.indicator_code, s.span_kind, s.span_month, b.unit_role, b.unit_id
)

select * from reported_gap
