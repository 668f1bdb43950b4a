-- grain: one row per stated figure that repeats the months before, at the end of such a run
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'amount' then p.value end) as amount
    from catalogue.check_parameters as p
    where p.check_code = 'reported_same'
),

numbered as (
    select
        r.*,
        year(r.report_month) * 12 + month(r.report_month) - row_number() over (
            partition by r.reporter_id, r.item_code, r.amount order by r.report_month
        ) as island
    from core.fct_reported as r
),

runs as (
    select
        n.reporter_id as reporter_id,
        n.item_code as item_code,
        n.amount as amount,
        max(n.row_id) as row_id,
        max(n.receipt_seq) as receipt_seq,
        count(*) as month_count
    from numbered as n
    group by n.reporter_id, n.item_code, n.amount, n.island
),

chk_reported_same as (
    select
        'reported_same' as check_code,
        r.receipt_seq as receipt_seq,
        r.row_id as row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        u.name_zh || '的' || c.name_zh || '连续 ' || r.month_count || ' 个月都报 '
        || cast(r.amount as integer) as detail_zh
    from runs as r
    cross join limits as l
    inner join core.dim_unit as u on r.reporter_id = u.unit_id
    inner join catalogue.codes as c on c.code_list = 'reported_item' and r.item_code = c.code
    where r.month_count >= l.month_count and r.amount >= l.amount
)

select * from chk_reported_same
