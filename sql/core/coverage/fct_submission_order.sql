-- grain: one row per submitted table, with how new it is among those of its dataset: the higher, the newer
-- Newer is the later data's day, then the later day of filling in, then the later receipt. A table that does not say when
-- it was filled in counts as filled in no earlier than what had come before it. What adds to the ledgers (补报), or what
-- a person says counts (采用此表), stands above all that had come by then, whatever its own dates.
-- A corrected row (退回工作簿) is as new as the table it was handed back from.
-- effect_no orders the moments at which tables took effect: twice the receipt, one more for a decision after that receipt.
with placed as (
    select
        s.receipt_seq,
        s.sheet_no,
        s.table_no,
        s.dataset,
        s.unit_id,
        s.as_of_date,
        s.filed_date,
        coalesce(a.after_seq, s.precedence_seq) as turn_seq,
        coalesce(a.decision_no, 0) as decision_no,
        greatest(2 * s.receipt_seq, coalesce(2 * a.after_seq + 1, 0)) as effect_no,
        a.receipt_seq is not null or s.mode = 'append' as is_on_top
    from core.fct_submission as s
    left join lake.adoption as a on s.precedence_seq = a.receipt_seq
),

topped as (
    select
        p.receipt_seq,
        p.sheet_no,
        p.table_no,
        max(o.as_of_date) as newest_date
    from placed as p
    inner join core.fct_submission as o
        on p.dataset = o.dataset and p.unit_id = o.unit_id and p.turn_seq >= o.precedence_seq
    where p.is_on_top
    group by p.receipt_seq, p.sheet_no, p.table_no
),

dated as (
    select
        p.receipt_seq,
        p.sheet_no,
        p.table_no,
        p.dataset,
        p.unit_id,
        p.turn_seq,
        p.decision_no,
        p.effect_no,
        p.is_on_top,
        p.filed_date,
        coalesce(t.newest_date, p.as_of_date) as newest_date
    from placed as p
    left join topped as t
        on p.receipt_seq = t.receipt_seq and p.sheet_no = t.sheet_no and p.table_no = t.table_no
),

filed as (
    select
        d.receipt_seq,
        d.sheet_no,
        d.table_no,
        d.dataset,
        d.unit_id,
        d.turn_seq,
        d.decision_no,
        d.effect_no,
        d.newest_date,
        case
            when d.is_on_top or d.filed_date is null
                then
                    max(d.filed_date) over (
                        partition by d.dataset, d.unit_id, d.newest_date
                        order by d.turn_seq asc nulls last
                    )
            else d.filed_date
        end as filed_date
    from dated as d
),

fct_submission_order as (
    select
        f.receipt_seq,
        f.sheet_no,
        f.table_no,
        f.dataset,
        f.unit_id,
        f.effect_no,
        dense_rank() over (
            partition by f.dataset
            order by
                f.newest_date asc nulls first, f.filed_date asc nulls first,
                f.turn_seq asc nulls last, f.decision_no asc nulls last
        ) as rank_no
    from filed as f
)

select * from fct_submission_order
