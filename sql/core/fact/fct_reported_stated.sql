-- grain: one row per reported total as written: of one month, or since January (累计), with the totals before it
-- Known since January: the stated 累计, else the sum of the months when each of them is stated.
with source as (
    select
        r.row_id,
        cast(date_trunc('month', r.report_month) as date) as report_month,
        r.reporter_id,
        r.item_code,
        cast(case when not r.is_cumulative then r.amount end as decimal(18, 4)) as month_amount,
        cast(
            case when r.is_cumulative then r.amount else r.cumulative_amount end
            as decimal(18, 4)
        ) as cumulative_amount,
        r.note_text,
        r.file_hash,
        r.file_name,
        r.sheet_name,
        r.row_number,
        r.receipt_seq,
        r.is_corrected
    from staging.stg_reported as r
    inner join core.fct_row_state as s on r.row_id = s.row_id
    where s.state = 'current'
),

running as (
    select
        s.row_id,
        sum(earlier.month_amount) as months_amount,
        count(earlier.month_amount) as month_count
    from source as s
    inner join source as earlier
        on
            s.reporter_id = earlier.reporter_id
            and s.item_code = earlier.item_code
            and year(s.report_month) = year(earlier.report_month)
            and s.report_month >= earlier.report_month
    group by s.row_id
),

known as (
    select
        s.row_id,
        s.report_month,
        s.reporter_id,
        s.item_code,
        coalesce(
            s.cumulative_amount,
            case when r.month_count = month(s.report_month) then r.months_amount end
        ) as amount
    from source as s
    inner join running as r on s.row_id = r.row_id
),

fct_reported_stated as (
    select
        s.row_id,
        s.report_month,
        s.reporter_id,
        s.item_code,
        s.month_amount,
        s.cumulative_amount,
        cast(
            case when month(s.report_month) = 1 then 0 else k.amount end as decimal(18, 4)
        ) as prior_cumulative_amount,
        s.note_text,
        s.file_hash,
        s.file_name,
        s.sheet_name,
        s.row_number,
        s.receipt_seq,
        s.is_corrected
    from source as s
    left join known as k
        on
            s.reporter_id = k.reporter_id
            and s.item_code = k.item_code
            and cast(s.report_month - interval 1 month as date) = k.report_month
)

select * from fct_reported_stated
