-- grain: one row per accepted workbook row, with what became of it before people's decisions: current, superseded, withdrawn
-- What something newer took is superseded where that tells of the same case, and withdrawn (撤回) where it does not. A row
-- that came after what is newer than it was never in force (is_late): superseded.
-- In key mode the newest row of an identity stays. A case typed twice in one submission counts once, as written last.
-- Of several corrections of one rejected row the one received last counts.
with typed as (
    select
        r.row_id,
        first_value(r.row_id) over (
            partition by r.receipt_seq, r.dataset, r.unit_id, r.case_key
            order by
                r.rank_no desc nulls last, r.sheet_no desc nulls last,
                r.row_number desc nulls last
        ) as kept_row_id
    from core.fct_sent_row as r
    where r.case_key is not null and r.mode <> 'key' and r.correction_turn = 1
),

newest_of_key as (
    select
        r.row_id,
        row_number() over (
            partition by r.dataset, r.identity_key
            order by
                r.rank_no desc nulls last, r.receipt_seq desc nulls last,
                r.sheet_no desc nulls last, r.row_number desc nulls last
        ) as recency
    from core.fct_sent_row as r
    where r.mode = 'key' and r.correction_turn = 1
),

arrival as (
    select distinct
        s.receipt_seq,
        2 * s.receipt_seq as effect_no
    from core.fct_submission as s
),

fct_row_standing as (
    select
        r.dataset,
        r.row_id,
        r.receipt_seq,
        r.unit_id,
        r.as_of_date,
        r.business_date,
        case
            when r.dataset in ('incident', 'hazard')
                then r.dataset || ':' || r.unit_id || ':' || r.identity_key
        end as identity,
        case
            when r.dataset in ('incident', 'hazard')
                then r.dataset || ':' || r.unit_id || ':' || r.name_key
        end as name_identity,
        case when r.effect_no <= t.effect_no then a.receipt_seq end as replaced_by_seq,
        case when d.kept_row_id <> r.row_id then d.kept_row_id end as typed_row_id,
        coalesce(r.effect_no > t.effect_no, false) as is_late,
        case
            when r.correction_turn > 1 or d.kept_row_id <> r.row_id or k.recency > 1
                then 'superseded'
            when t.row_id is null then 'current'
            when t.is_renewed or r.effect_no > t.effect_no then 'superseded'
            else 'withdrawn'
        end as state
    from core.fct_sent_row as r
    left join core.fct_row_taken as t on r.row_id = t.row_id
    left join arrival as a on t.effect_no = a.effect_no
    left join typed as d on r.row_id = d.row_id
    left join newest_of_key as k on r.row_id = k.row_id
)

select * from fct_row_standing
