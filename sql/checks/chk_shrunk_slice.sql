-- grain: one row per slice that loses a death or more than a fifth of the rows it replaces
-- Such a slice is held until a person confirms it (design §3); 核销 keeps the row, so it is no loss.
with replaced as (
    select
        s.replaced_by_seq as receipt_seq,
        s.dataset as dataset,
        s.unit_id as unit_id,
        min(s.business_date) as first_date,
        max(s.business_date) as last_date,
        count(*) as row_count,
        count(case when s.state = 'withdrawn' then 1 end) as withdrawn_count,
        coalesce(sum(i.death_count), 0) as death_count
    from core.fct_row_state as s
    left join staging.stg_incident as i on s.row_id = i.row_id
    where s.replaced_by_seq is not null
    group by s.replaced_by_seq, s.dataset, s.unit_id
),

replacing as (
    select
        r.receipt_seq as receipt_seq,
        r.dataset as dataset,
        coalesce(sum(i.death_count), 0) as death_count
    from replaced as r
    left join core.fct_row_state as s
        on
            r.receipt_seq = s.receipt_seq
            and r.dataset = s.dataset
            and r.unit_id = s.unit_id
            and s.business_date between r.first_date and r.last_date
    left join staging.stg_incident as i on s.row_id = i.row_id
    group by r.receipt_seq, r.dataset
),

chk_shrunk_slice as (
    select
        'shrunk_slice' as check_code,
        r.receipt_seq as receipt_seq,
        cast(null as varchar) as row_id,
        r.unit_id as unit_id,
        cast(date_trunc('month', r.last_date) as date) as month,
        '替换 ' || r.row_count || ' 行，其中 ' || r.withdrawn_count || ' 行不再出现'
        || case
            when n.death_count < r.death_count
                then '；死亡由 ' || r.death_count || ' 人变为 ' || n.death_count || ' 人'
            else ''
        end as detail_zh
    from replaced as r
    inner join replacing as n on r.receipt_seq = n.receipt_seq and r.dataset = n.dataset
    where n.death_count < r.death_count or 5 * r.withdrawn_count > r.row_count
)

select * from chk_shrunk_slice
