-- grain: one row per submission, dataset and unit of which it took rows out of force: how many, and what is lost case by case
-- A case the submission tells of loses what it tells less; one it does not tell of is lost, unless a case is new in it on
-- the same day that looks alike (place, casualties): then only the name was changed. Sums alone would hide a loss.
with added as (
    select
        r.receipt_seq,
        r.dataset,
        r.unit_id,
        r.business_date,
        r.likeness_key,
        count(distinct r.identity_key) as case_count
    from core.fct_sent_row as r
    left join core.fct_case_taken as k
        on
            r.receipt_seq = k.receipt_seq
            and r.dataset = k.dataset
            and r.unit_id = k.unit_id
            and r.identity_key = k.identity_key
    where k.identity_key is null and r.likeness_key is not null
    group by r.receipt_seq, r.dataset, r.unit_id, r.business_date, r.likeness_key
),

vanished as (
    select
        k.receipt_seq,
        k.dataset,
        k.unit_id,
        k.identity_key,
        row_number() over (
            partition by k.receipt_seq, k.dataset, k.unit_id, k.first_date, k.likeness_key
            order by k.identity_key asc nulls last
        ) as turn
    from core.fct_case_taken as k
    where k.told_row_count = 0 and k.row_count = 1
),

compared as (
    select
        k.receipt_seq,
        k.dataset,
        k.unit_id,
        k.last_date,
        k.row_count,
        greatest(k.row_count - k.told_row_count, 0) as lost_count,
        k.death_count,
        k.told_death_count,
        coalesce(v.turn <= a.case_count, false) as is_renamed
    from core.fct_case_taken as k
    left join vanished as v
        on
            k.receipt_seq = v.receipt_seq
            and k.dataset = v.dataset
            and k.unit_id = v.unit_id
            and k.identity_key = v.identity_key
    left join added as a
        on
            k.receipt_seq = a.receipt_seq
            and k.dataset = a.dataset
            and k.unit_id = a.unit_id
            and k.first_date = a.business_date
            and k.likeness_key = a.likeness_key
),

fct_replacement as (
    select
        c.receipt_seq,
        c.dataset,
        c.unit_id,
        cast(date_trunc('month', max(c.last_date)) as date) as last_month,
        cast(sum(c.row_count) as bigint) as row_count,
        cast(sum(case when c.is_renamed then 0 else c.lost_count end) as bigint) as lost_count,
        cast(
            sum(
                case
                    when not c.is_renamed and c.told_death_count < c.death_count then c.death_count
                    else 0
                end
            ) as bigint
        ) as death_from_count,
        cast(
            sum(
                case
                    when not c.is_renamed and c.told_death_count < c.death_count
                        then c.told_death_count
                    else 0
                end
            ) as bigint
        ) as death_to_count
    from compared as c
    group by c.receipt_seq, c.dataset, c.unit_id
)

select * from fct_replacement
