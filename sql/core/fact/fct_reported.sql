-- grain: one row per figure a unit reported as a total (上报汇总数), for one month
-- Where only 累计 was reported the month is the difference of two of them; without the earlier one it is unknown.
select
    r.row_id,
    r.report_month,
    r.reporter_id,
    r.item_code,
    cast(
        coalesce(r.month_amount, r.cumulative_amount - r.prior_cumulative_amount)
        as decimal(18, 4)
    ) as amount,
    r.month_amount is null as is_from_cumulative,
    r.note_text,
    r.file_hash,
    r.file_name,
    r.sheet_name,
    r.row_number,
    r.receipt_seq,
    r.is_corrected
from core.fct_reported_stated as r
where coalesce(r.month_amount, r.cumulative_amount - r.prior_cumulative_amount) is not null
