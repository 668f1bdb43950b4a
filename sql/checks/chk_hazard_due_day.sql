-- grain: one row per unit and year whose major hazards are mostly closed on the very day they fall due
with limits as (
    select
        max(case when p.parameter = 'closed_count' then p.value end) as closed_count,
        max(case when p.parameter = 'share_pct' then p.value end) as share_pct
    from catalogue.check_parameters as p
    where p.check_code = 'hazard_due_day'
),

closed as (
    select
        h.reporter_id,
        year(h.done_date) as data_year,
        max(h.done_date) as last_date,
        count(*) as closed_count,
        count(case when h.done_date = h.effective_due_date then 1 end) as due_day_count
    from core.fct_hazard as h
    where h.hazard_grade_code = 'major' and h.done_date is not null
    group by h.reporter_id, year(h.done_date)
),

chk_hazard_due_day as (
    select
        'hazard_due_day' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        c.reporter_id as unit_id,
        cast(date_trunc('month', c.last_date) as date) as month,
        c.data_year || '年闭环 ' || c.closed_count || ' 项，其中 ' || c.due_day_count
        || ' 项恰在到期当日' as detail_zh
    from closed as c
    cross join limits as l
    where
        c.closed_count >= l.closed_count
        and 100 * c.due_day_count >= l.share_pct * c.closed_count
)

select * from chk_hazard_due_day
