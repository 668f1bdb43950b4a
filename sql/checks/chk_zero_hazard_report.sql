-- grain: one row per unit and month in a long run of zero reports of hazards while units of its group found some
with limits as (
    select
        max(case when p.parameter = 'month_count' then p.value end) as month_count,
        max(case when p.parameter = 'peer_share_pct' then p.value end) as peer_share_pct
    from catalogue.check_parameters as p
    where p.check_code = 'zero_hazard_report'
),

counted as (
    select
        c.*,
        (year(c.month) * 12 + month(c.month)) as month_index,
        max(case when c.row_count > 0 then year(c.month) * 12 + month(c.month) end) over (
            partition by c.unit_id order by c.month
        ) as last_found_index,
        min(year(c.month) * 12 + month(c.month)) over (partition by c.unit_id) as first_index
    from marts.ledger_count as c
    where c.dataset = 'hazard'
),

runs as (
    select
        c.*,
        c.month_index - coalesce(c.last_found_index, c.first_index - 1) as zero_months
    from counted as c
),

peers as (
    select
        r.unit_id,
        r.month,
        r.zero_months,
        count(distinct p.unit_id) as peer_count,
        count(distinct case when p.row_count > 0 then p.unit_id end) as finding_count
    from runs as r
    cross join limits as l
    inner join counted as p
        on
            r.group_code = p.group_code
            and r.unit_id <> p.unit_id
            and p.month_index > r.month_index - l.month_count
            and p.month_index <= r.month_index
    where r.zero_months >= l.month_count
    group by r.unit_id, r.month, r.zero_months
),

chk_zero_hazard_report as (
    select
        'zero_hazard_report' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        p.unit_id,
        p.month,
        '连续 ' || p.zero_months || ' 个月上报重大事故隐患为零，同组 '
        || p.peer_count || ' 个单位中 ' || p.finding_count || ' 个有隐患' as detail_zh
    from peers as p
    cross join limits as l
    where 100 * p.finding_count >= l.peer_share_pct * p.peer_count
)

select * from chk_zero_hazard_report
