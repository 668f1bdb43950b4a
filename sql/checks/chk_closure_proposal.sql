-- grain: one row per penalty of an enterprise with an open major hazard that makes enough for proposing closure
-- 安全生产法 第一百一十三条: 3 penalties within 180 days, or 4 within a year.
with limits as (
    select
        max(case when p.parameter = 'days_180' then p.value end) as days_180,
        max(case when p.parameter = 'days_365' then p.value end) as days_365
    from catalogue.check_parameters as p
    where p.check_code = 'closure_proposal'
),

penalty as (
    select
        e.enterprise_name,
        e.row_id,
        e.receipt_seq,
        e.reporter_id,
        e.penalty_date,
        count(*) over (
            partition by e.enterprise_name order by e.penalty_date
            range between interval 180 days preceding and current row
        ) as count_180,
        count(*) over (
            partition by e.enterprise_name order by e.penalty_date
            range between interval 365 days preceding and current row
        ) as count_365
    from core.fct_enforcement as e
    where e.is_unit_penalised and e.penalty_date is not null
),

chk_closure_proposal as (
    select
        'closure_proposal' as check_code,
        p.receipt_seq,
        p.row_id,
        p.reporter_id as unit_id,
        cast(null as date) as month,
        p.enterprise_name || '：有未闭环的重大事故隐患，180日内处罚 ' || p.count_180
        || ' 次，一年内 ' || p.count_365 || ' 次，应研究提请关闭' as detail_zh
    from penalty as p
    cross join limits as l
    where
        (p.count_180 >= l.days_180 or p.count_365 >= l.days_365)
        and exists (
            select h.row_id from core.fct_hazard as h
            where
                h.enterprise_name = p.enterprise_name
                and h.hazard_grade_code = 'major'
                and h.found_date <= p.penalty_date
                and coalesce(h.done_date, date '9999-12-31') > p.penalty_date
        )
)

select * from chk_closure_proposal
