-- grain: one row per row of a pair that may tell of one case, with what the other row says
with sides as (
    select
        s.left_row_id as row_id,
        s.right_row_id as other_row_id
    from marts.duplicate_suspicion as s

    union all

    select
        s.right_row_id as row_id,
        s.left_row_id as other_row_id
    from marts.duplicate_suspicion as s
),

duplicate_side as (
    select
        c.dataset,
        c.row_id,
        c.receipt_seq,
        c.reporter_id as unit_id,
        o.row_id as other_row_id,
        c.case_zh || '（' || c.event_date || '）与《' || o.file_name || '》第 '
        || o.row_number || ' 行的 ' || o.case_zh || '（' || o.event_date || '）' as pair_zh
    from sides as s
    inner join marts.duplicate_case as c on s.row_id = c.row_id
    inner join marts.duplicate_case as o on s.other_row_id = o.row_id
)

select * from duplicate_side
