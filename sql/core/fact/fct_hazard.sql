-- grain: one row per hazard of the ledgers in force
-- 整改 is not 销号: a hazard is done when accepted or closed, never when only rectified (domain rule of the scorecard).
-- A date before the finding proves nothing. 验收不合格 is not rectified; 待验收 without a date is, from the ledger in which
-- it first stands so after the last one in which it did not.
with source as (
    select
        h.*,
        s.unit_id as reporter_id,
        s.as_of_date,
        coalesce(d.data_date, s.as_of_date) as data_date,
        s.identity,
        coalesce(h.extended_due_date, h.due_date) as effective_due_date,
        case
            when
                h.status_code in ('accepted', 'closed')
                and coalesce(h.accepted_date, h.found_date) >= h.found_date
                and coalesce(h.closed_date, h.found_date) >= h.found_date
                then coalesce(h.accepted_date, h.closed_date, d.data_date, s.as_of_date)
        end as done_date
    from staging.stg_hazard as h
    inner join core.fct_row_state as s on h.row_id = s.row_id
    left join core.fct_data_day as d on d.dataset = 'hazard' and s.unit_id = d.unit_id
    where s.state = 'current'
),

version as (
    select
        h.row_id,
        s.as_of_date,
        v.status_code in ('awaiting_acceptance', 'accepted', 'closed') as is_rectified,
        max(
            case
                when v.status_code not in ('awaiting_acceptance', 'accepted', 'closed')
                    then s.as_of_date
            end
        ) over (partition by h.row_id) as open_until
    from source as h
    inner join core.fct_row_state as s on h.identity = s.identity
    inner join staging.stg_hazard as v on s.row_id = v.row_id
    where h.rectified_date is null
),

stood as (
    select
        v.row_id,
        min(v.as_of_date) as first_date
    from version as v
    where v.is_rectified and (v.open_until is null or v.open_until < v.as_of_date)
    group by v.row_id
),

fct_hazard as (
    select
        h.row_id,
        h.hazard_no,
        coalesce(h.zone_id, h.territory_id, 'unassigned') as territory_id,
        coalesce(h.department_id, 'unassigned') as department_id,
        h.reporter_id,
        h.enterprise_name,
        h.credit_code,
        h.sector_code,
        h.hazard_grade_code,
        h.channel_code,
        h.found_date,
        h.hazard_text,
        h.basis_text,
        h.due_date,
        h.extended_due_date,
        h.effective_due_date,
        h.rectified_date,
        h.accepted_date,
        h.closed_date,
        case
            when h.status_code = 'returned' then null
            when h.rectified_date >= h.found_date then h.rectified_date
            when
                h.rectified_date is null
                and (
                    h.status_code = 'awaiting_acceptance'
                    or coalesce(h.accepted_date, h.closed_date) is null
                )
                then f.first_date
            else h.done_date
        end as rectified_from_date,
        h.done_date,
        h.status_code,
        h.supervise_level_code,
        h.responsible_leader,
        h.funds_wan,
        h.rectifier_name,
        h.rectifier_phone,
        h.note_text,
        h.as_of_date,
        h.data_date,
        h.file_hash,
        h.file_name,
        h.sheet_name,
        h.row_number,
        h.receipt_seq,
        h.is_corrected
    from source as h
    left join stood as f on h.row_id = f.row_id
)

select * from fct_hazard
