-- grain: one row per person who stands in several rosters of one year and category
with repeated as (
    select
        t.plan_year,
        t.category_code,
        t.enterprise_name,
        max(t.reporter_id) as reporter_id,
        max(t.receipt_seq) as receipt_seq,
        max(t.row_id) as row_id,
        count(*) as row_count
    from core.fct_training_roster as t
    group by t.plan_year, t.category_code, t.enterprise_name, t.person_key
),

chk_roster_repeated as (
    select
        'roster_repeated' as check_code,
        r.receipt_seq,
        r.row_id,
        r.reporter_id as unit_id,
        cast(null as date) as month,
        r.enterprise_name
        || '：'
        || r.plan_year
        || '年应训名册里同一人出现 '
        || r.row_count
        || ' 次' as detail_zh
    from repeated as r
    where r.row_count > 1
)

select * from chk_roster_repeated
