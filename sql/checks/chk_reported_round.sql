-- grain: one row per stated figure that ends a run of months with round numbers
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count
    from catalogue.check_parameters as p
    where p.check_code = 'reported_round'
),

numbered as (
    select
        r.*,
        year(r.report_month) * 12 + month(r.report_month) - row_number() over (
            partition by r.reporter_id, r.item_code order by r.report_month
        ) as island
    from core.fct_reported as r
    where r.amount > 0 and r.amount % 10 = 0
),

runs as (
    select
        n.*,
        count(*) over (partition by n.reporter_id, n.item_code, n.island) as month_count,
        row_number() over (
            partition by n.reporter_id, n.item_code, n.island order by n.report_month desc
        ) as turn_from_end
    from numbered as n
),

chk_reported_round as (
    select
        'reported_round' as check_code,
        r.receipt_seq,
        r.row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        u.name_zh || '的' || c.name_zh || '连续 ' || r.month_count || ' 个月都是整十的数' as detail_zh
    from runs as r
    cross join limits as l
    inner join core.dim_unit as u on r.reporter_id = u.unit_id
    inner join catalogue.codes as c on c.code_list = 'reported_item' and r.item_code = c.code
    where r.turn_from_end = 1 and r.month_count >= l.month_count
)

select * from chk_reported_round
