-- grain: one row per unit, subject and run of consecutive months with just the same number, as of its last month
-- A subject is a monthly ledger (how many rows it has) or an item of 上报汇总 (the figure that was stated).
with told as (
    select
        'ledger' as subject_kind,
        c.dataset as subject_code,
        c.unit_id,
        c.month,
        cast(c.row_count as decimal(18, 4)) as amount,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id
    from marts.ledger_count as c

    union all

    select
        'reported' as subject_kind,
        r.item_code as subject_code,
        r.reporter_id as unit_id,
        r.report_month as month,
        r.amount,
        r.receipt_seq,
        r.row_id
    from core.fct_reported as r
),

numbered as (
    select
        t.*,
        year(t.month) * 12 + month(t.month) - row_number() over (
            partition by t.subject_kind, t.subject_code, t.unit_id, t.amount
            order by t.month asc nulls last, t.row_id asc nulls last
        ) as run_no
    from told as t
),

ranked as (
    select
        n.*,
        count(*) over (
            partition by n.subject_kind, n.subject_code, n.unit_id, n.amount, n.run_no
        ) as month_count,
        row_number() over (
            partition by n.subject_kind, n.subject_code, n.unit_id, n.amount, n.run_no
            order by n.month desc nulls last, n.row_id desc nulls last
        ) as turn_from_end
    from numbered as n
),

same_run as (
    select
        r.subject_kind,
        r.subject_code,
        r.unit_id,
        r.amount,
        cast(r.month_count as integer) as month_count,
        r.month as last_month,
        r.receipt_seq,
        r.row_id
    from ranked as r
    where r.turn_from_end = 1
)

select * from same_run
