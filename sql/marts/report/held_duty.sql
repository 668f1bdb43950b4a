-- grain: one row per dataset, unit and month a submission speaks for that waits for a person: the newest of them
with waiting as (
    select
        d.dataset,
        d.unit_id,
        d.month,
        s.receipt_seq,
        h.file_name,
        h.held_reason_zh,
        row_number() over (
            partition by d.dataset, d.unit_id, d.month
            order by
                s.receipt_seq desc nulls last, s.sheet_no desc nulls last,
                s.table_no desc nulls last
        ) as recency
    from core.fct_coverage as d
    inner join lake.held_sheet as s
        on
            d.dataset = s.dataset
            and d.unit_id = s.unit_id
            and s.span_from_date <= d.last_date
            and s.span_to_date >= d.month
    inner join lake.held as h on s.receipt_seq = h.receipt_seq
),

held_duty as (
    select
        w.dataset,
        w.unit_id,
        w.month,
        w.receipt_seq,
        w.file_name,
        w.held_reason_zh
    from waiting as w
    where w.recency = 1
)

select * from held_duty
