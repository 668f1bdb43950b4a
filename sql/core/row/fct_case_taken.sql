-- grain: one row per submission and case of which it took rows out of force: rows and deaths before, and as it tells them
with taken as (
    select
        s.replaced_by_seq as receipt_seq,
        r.dataset,
        r.unit_id,
        r.identity_key,
        min(r.business_date) as first_date,
        max(r.business_date) as last_date,
        min(r.likeness_key) as likeness_key,
        cast(count(*) as bigint) as row_count,
        cast(sum(coalesce(i.death_count, 0)) as bigint) as death_count
    from core.fct_row_standing as s
    inner join core.fct_sent_row as r on s.row_id = r.row_id
    left join staging.stg_incident as i on s.row_id = i.row_id
    where s.replaced_by_seq > s.receipt_seq and s.typed_row_id is null
    group by s.replaced_by_seq, r.dataset, r.unit_id, r.identity_key
),

told as (
    select
        r.receipt_seq,
        r.dataset,
        r.unit_id,
        r.identity_key,
        cast(count(*) as bigint) as row_count,
        cast(sum(coalesce(i.death_count, 0)) as bigint) as death_count
    from core.fct_sent_row as r
    inner join core.fct_row_standing as s on r.row_id = s.row_id
    left join staging.stg_incident as i on r.row_id = i.row_id
    where s.typed_row_id is null and not s.is_late
    group by r.receipt_seq, r.dataset, r.unit_id, r.identity_key
),

fct_case_taken as (
    select
        k.receipt_seq,
        k.dataset,
        k.unit_id,
        k.identity_key,
        k.first_date,
        k.last_date,
        k.likeness_key,
        k.row_count,
        k.death_count,
        coalesce(t.row_count, 0) as told_row_count,
        coalesce(t.death_count, 0) as told_death_count
    from taken as k
    left join told as t
        on
            k.receipt_seq = t.receipt_seq
            and k.dataset = t.dataset
            and k.unit_id = t.unit_id
            and k.identity_key = t.identity_key
)

select * from fct_case_taken
