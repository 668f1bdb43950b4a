-- grain: one row per accepted workbook row, with what became of it before people's decisions: current, superseded, withdrawn
-- A newer slice (as_of, then receipt) of the same dataset and unit replaces every older row in its span, and every older
-- row of the same identity wherever its date lies, or a December case moved into January would count twice.
-- Tables stacked in one sheet stand side by side, whatever day each was drawn up; so do sheets of one workbook drawn up
-- in the same month (one for each sector), while its sheet as of October replaces its sheet as of September.
-- A row in its span that it no longer carries is withdrawn (撤回). In key mode the newest row of an identity stays.
-- A corrected row (退回工作簿) ranks where the table it was handed back from ranks: whatever is newer than that replaces it
-- too, whenever it comes. Of several corrections of one rejected row the one received last counts.
with counted as (
    select c.*
    from core.fct_sent_row as c
    where c.correction_turn = 1
),

covering as (
    select
        r.row_id as row_id,
        s.receipt_seq as replaced_by_seq,
        row_number() over (
            partition by r.row_id
            order by
                s.as_of_date asc nulls last, s.receipt_seq asc nulls last,
                s.sheet_no asc nulls last, s.table_no asc nulls last
        ) as turn
    from counted as r
    inner join core.fct_submission as s
        on
            r.dataset = s.dataset
            and r.unit_id = s.unit_id
            and s.mode = 'slice'
            and r.mode <> 'key'
            and r.business_date between s.span_from_date and s.span_to_date
            and not (
                s.receipt_seq = r.receipt_seq
                and (
                    s.sheet_no = r.sheet_no
                    or cast(date_trunc('month', s.as_of_date) as date)
                    = cast(date_trunc('month', r.as_of_date) as date)
                )
            )
            and (
                s.as_of_date > r.as_of_date
                or (s.as_of_date = r.as_of_date and s.precedence_seq > r.precedence_seq)
            )
),

covered as (
    select
        c.row_id as row_id,
        c.replaced_by_seq as replaced_by_seq
    from covering as c
    where c.turn = 1
),

renewed as (
    select distinct older.row_id as row_id
    from counted as older
    inner join counted as newer
        on
            older.dataset = newer.dataset
            and older.unit_id = newer.unit_id
            and older.identity_key = newer.identity_key
            and (
                newer.as_of_date > older.as_of_date
                or (
                    newer.as_of_date = older.as_of_date
                    and newer.precedence_seq > older.precedence_seq
                )
                or (
                    newer.as_of_date = older.as_of_date
                    and newer.precedence_seq = older.precedence_seq
                    and newer.receipt_seq > older.receipt_seq
                )
            )
),

newest_of_key as (
    select
        r.row_id as row_id,
        row_number() over (
            partition by r.dataset, r.identity_key
            order by
                r.as_of_date desc nulls last, r.precedence_seq desc nulls last,
                r.receipt_seq desc nulls last, r.sheet_no desc nulls last,
                r.row_number desc nulls last
        ) as recency
    from counted as r
    where r.mode = 'key'
),

fct_row_standing as (
    select
        r.dataset as dataset,
        r.row_id as row_id,
        r.receipt_seq as receipt_seq,
        r.unit_id as unit_id,
        r.as_of_date as as_of_date,
        r.business_date as business_date,
        case
            when r.dataset in ('incident', 'hazard')
                then r.dataset || ':' || r.unit_id || ':' || r.identity_key
        end as identity,
        case
            when r.origin_row_id is null or c.replaced_by_seq > r.receipt_seq
                then c.replaced_by_seq
        end as replaced_by_seq,
        case
            when r.correction_turn > 1 then 'superseded'
            when r.mode = 'key' then case when k.recency > 1 then 'superseded' else 'current' end
            when n.row_id is not null then 'superseded'
            when c.row_id is not null then 'withdrawn'
            else 'current'
        end as state
    from core.fct_sent_row as r
    left join covered as c on r.row_id = c.row_id
    left join renewed as n on r.row_id = n.row_id
    left join newest_of_key as k on r.row_id = k.row_id
)

select * from fct_row_standing
