-- grain: one row per unit, enterprise and year inspected more often than the yearly cap
-- Re-inspections and tip-offs are outside the cap (国办发〔2024〕54号).
with limits as (
    select
        max(case when p.parameter = 'year_count' then p.value end) as year_count
    from catalogue.check_parameters as p
    where p.check_code = 'inspection_frequency'
),

yearly as (
    select
        e.actor_id,
        e.enterprise_name,
        year(e.inspected_date) as data_year,
        max(e.row_id) as row_id,
        max(e.receipt_seq) as receipt_seq,
        count(*) as inspection_count
    from core.fct_enforcement as e
    where e.inspection_kind_code is null or e.inspection_kind_code not in ('recheck', 'tip_off')
    group by e.actor_id, e.enterprise_name, year(e.inspected_date)
),

chk_inspection_frequency as (
    select
        'inspection_frequency' as check_code,
        y.receipt_seq,
        y.row_id,
        y.actor_id as unit_id,
        cast(null as date) as month,
        y.enterprise_name
        || '：'
        || y.data_year
        || '年被检查 '
        || y.inspection_count
        || ' 次' as detail_zh
    from yearly as y
    cross join limits as l
    where y.inspection_count > l.year_count
)

select * from chk_inspection_frequency
