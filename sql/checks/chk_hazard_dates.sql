-- grain: one row per hazard whose dates contradict each other: due or done before it was found, or done after the ledger was drawn up
-- A year left out or mistyped shows here: 1月15日 under a title of last year, 2062 for 2026.
with dated as (
    select
        h.*,
        coalesce(
            h.effective_due_date < h.found_date
            or h.rectified_date < h.found_date
            or h.accepted_date < h.found_date
            or h.closed_date < h.found_date,
            false
        ) as is_before_found,
        coalesce(
            h.rectified_date > h.data_date
            or h.accepted_date > h.data_date
            or h.closed_date > h.data_date,
            false
        ) as is_after_ledger
    from core.fct_hazard as h
),

chk_hazard_dates as (
    select
        'hazard_dates' as check_code,
        h.receipt_seq,
        h.row_id,
        h.territory_id as unit_id,
        cast(null as date) as month,
        h.hazard_no || case
            when h.is_before_found then '：整改期限、整改、验收或销号日期早于发现日期，早于发现的整改、验收、销号不算'
            else '：整改、验收或销号日期晚于台账截至日 ' || h.data_date
        end as detail_zh
    from dated as h
    where h.is_before_found or h.is_after_ledger
)

select * from chk_hazard_dates
