-- grain: one row per pair of current rows that may tell of one case, side by side, for a person to decide
-- The place is the enterprise, its name freed of spaces, brackets and 有限公司; where none is written, territory and type.
-- Two hazards of one unit are doubted only where the text is the same: an inspection finds several at one enterprise.
with limits as (
    select
        p.check_code,
        p.value as within_days
    from catalogue.check_parameters as p
    where p.parameter = 'within_days'
),

duplicate_suspicion as (
    select
        a.dataset,
        a.identity as left_identity,
        b.identity as right_identity,
        a.row_id as left_row_id,
        b.row_id as right_row_id,
        a.reporter_id as left_unit_id,
        b.reporter_id as right_unit_id,
        a.enterprise_name as left_enterprise_zh,
        b.enterprise_name as right_enterprise_zh,
        a.event_date as left_date,
        b.event_date as right_date,
        a.case_zh as left_case_zh,
        b.case_zh as right_case_zh,
        a.file_name as left_file_name,
        b.file_name as right_file_name,
        a.sheet_name as left_sheet_name,
        b.sheet_name as right_sheet_name,
        a.row_number as left_row_number,
        b.row_number as right_row_number,
        a.receipt_seq as left_receipt_seq,
        b.receipt_seq as right_receipt_seq,
        abs(date_diff('day', a.event_date, b.event_date)) as day_count
    from marts.duplicate_case as a
    inner join limits as l on a.dataset || '_repeated' = l.check_code
    inner join marts.duplicate_case as b
        on
            a.dataset = b.dataset
            and a.place_key = b.place_key
            and a.row_id < b.row_id
            and a.identity <> b.identity
            and abs(date_diff('day', a.event_date, b.event_date)) <= l.within_days
            and (
                a.dataset = 'incident'
                or a.kind_code = b.kind_code
                or (a.reporter_id <> b.reporter_id and a.sector_code = b.sector_code)
            )
    left join core.fct_decision as d
        on
            d.verdict = 'distinct'
            and (
                (a.identity = d.kept_identity and b.identity = d.dropped_identity)
                or (a.identity = d.dropped_identity and b.identity = d.kept_identity)
            )
    where d.verdict is null and not a.is_merged and not b.is_merged
)

select * from duplicate_suspicion
