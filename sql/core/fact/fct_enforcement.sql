-- grain: one row per inspection (执法检查家次) of the ledgers in force
-- A fine, a kind, a day or a document of a penalty is a penalty, whatever the columns of 是否处罚 say.
with source as (
    select
        e.*,
        s.unit_id as reporter_id,
        s.as_of_date
    from staging.stg_enforcement as e
    inner join core.fct_row_state as s on e.row_id = s.row_id
    where s.state = 'current'
),

fct_enforcement as (
    select
        e.row_id,
        e.record_no,
        coalesce(e.actor_id, e.reporter_id) as actor_id,
        e.inspected_date,
        coalesce(e.territory_id, 'unassigned') as territory_id,
        coalesce(e.department_id, 'unassigned') as department_id,
        e.reporter_id,
        e.enterprise_name,
        e.credit_code,
        e.sector_code,
        e.inspection_kind_code,
        coalesce(e.is_online, false) as is_online,
        coalesce(e.general_hazard_count, 0) as general_hazard_count,
        coalesce(e.major_hazard_count, 0) as major_hazard_count,
        coalesce(e.is_unit_penalised, false) as is_unit_penalised,
        coalesce(e.is_principal_penalised, false) as is_principal_penalised,
        coalesce(e.is_unit_penalised, false)
        or coalesce(e.is_principal_penalised, false)
        or coalesce(e.fine_wan, 0) > 0
        or e.penalty_kind_code is not null
        or e.penalty_date is not null
        or e.case_no is not null as is_penalised,
        e.penalty_kind_code,
        e.penalty_date,
        e.case_no,
        e.fine_wan,
        e.inspector_names,
        e.note_text,
        e.as_of_date,
        e.file_hash,
        e.file_name,
        e.sheet_name,
        e.row_number,
        e.receipt_seq,
        e.is_corrected
    from source as e
)

select * from fct_enforcement
