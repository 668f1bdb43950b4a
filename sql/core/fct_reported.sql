-- grain: one row per figure a unit reported as a total (上报汇总数), for one month
with source as (
    select r.*
    from staging.stg_reported as r
    inner join core.fct_row_state as s on r.row_id = s.row_id
    where s.state = 'current'
),

fct_reported as (
    select
        r.row_id as row_id,
        cast(date_trunc('month', r.report_month) as date) as report_month,
        r.reporter_id as reporter_id,
        r.item_code as item_code,
        cast(r.amount as decimal(18, 4)) as amount,
        r.note_text as note_text,
        r.file_hash as file_hash,
        r.file_name as file_name,
        r.sheet_name as sheet_name,
        r.row_number as row_number,
        r.receipt_seq as receipt_seq,
        r.is_corrected as is_corrected
    from source as r
)

select * from fct_reported
