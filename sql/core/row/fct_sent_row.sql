-- grain: one row per accepted workbook row: what its table says, which case it is, its turn among corrections of one row
-- A corrected row carries the row id of the rejected row it mends; turn 1 is the one received last.
-- A case sent by name alone and by name with a number is one: where just one number goes with unit, name and day, that is it.
with sent as (
    select
        r.dataset,
        r.row_id,
        r.origin_row_id,
        r.identity_key,
        r.name_key,
        r.case_key,
        r.likeness_key,
        r.business_date,
        r.receipt_seq,
        r.sheet_no,
        r.table_no,
        r.row_number,
        s.unit_id,
        s.as_of_date,
        s.mode,
        s.span_from_date,
        s.span_to_date,
        o.rank_no,
        o.effect_no
    from staging.stg_row as r
    inner join core.fct_submission as s
        on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
    inner join core.fct_submission_order as o
        on r.receipt_seq = o.receipt_seq and r.sheet_no = o.sheet_no and r.table_no = o.table_no
),

numbered as (
    select
        s.dataset,
        s.unit_id,
        s.name_key,
        s.business_date,
        min(s.identity_key) as identity_key
    from sent as s
    where s.identity_key <> s.name_key
    group by s.dataset, s.unit_id, s.name_key, s.business_date
    having min(s.identity_key) = max(s.identity_key)
),

fct_sent_row as (
    select
        s.dataset,
        s.row_id,
        s.origin_row_id,
        coalesce(n.identity_key, s.identity_key) as identity_key,
        s.name_key,
        s.case_key,
        s.likeness_key,
        s.business_date,
        s.receipt_seq,
        s.sheet_no,
        s.table_no,
        s.row_number,
        s.unit_id,
        s.as_of_date,
        s.mode,
        s.span_from_date,
        s.span_to_date,
        s.rank_no,
        s.effect_no,
        coalesce(n.identity_key, s.identity_key) = s.name_key as is_by_name,
        row_number() over (
            partition by s.dataset, coalesce(s.origin_row_id, s.row_id)
            order by
                s.receipt_seq desc nulls last, s.sheet_no desc nulls last,
                s.row_number desc nulls last
        ) as correction_turn
    from sent as s
    left join numbered as n
        on
            s.dataset = n.dataset
            and s.unit_id = n.unit_id
            and s.name_key = n.name_key
            and s.business_date = n.business_date
            and s.identity_key = s.name_key
)

select * from fct_sent_row
