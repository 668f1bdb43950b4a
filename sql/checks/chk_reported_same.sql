-- grain: one row per stated figure that repeats the months before, at the end of such a run
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'amount' then p.value end) as amount
    from catalogue.check_parameters as p
    where p.check_code = 'reported_same'
),

chk_reported_same as (
    select
        'reported_same' as check_code,
        r.receipt_seq,
        r.row_id,
        r.unit_id,
        cast(null as date) as month,
        u.name_zh || '的' || c.name_zh || '连续 ' || r.month_count || ' 个月都报 '
        || cast(r.amount as integer) as detail_zh
    from marts.same_run as r
    cross join limits as l
    inner join core.dim_unit as u on r.unit_id = u.unit_id
    inner join catalogue.codes as c on c.code_list = 'reported_item' and r.subject_code = c.code
    where
        r.subject_kind = 'reported'
        and r.month_count >= l.month_count
        and r.amount >= l.amount
)

select * from chk_reported_same
