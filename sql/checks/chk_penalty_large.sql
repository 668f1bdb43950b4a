-- grain: one row per fine so large that its unit (元, 万元) should be looked at
with limits as (
    select
        max(case when p.parameter = 'fine_wan' then p.value end) as fine_wan
    from catalogue.check_parameters as p
    where p.check_code = 'penalty_large'
),

chk_penalty_large as (
    select
        'penalty_large' as check_code,
        e.receipt_seq,
        e.row_id,
        e.reporter_id as unit_id,
        cast(null as date) as month,
        e.record_no || '：罚款 ' || e.fine_wan || ' 万元，请核对单位是元还是万元' as detail_zh
    from core.fct_enforcement as e
    cross join limits as l
    where e.fine_wan > l.fine_wan
)

select * from chk_penalty_large
