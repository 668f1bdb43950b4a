-- grain: one row per person who must be trained (应训名册) in a plan year and category
with source as (
    select
        t.*,
        s.unit_id as reporter_id
    from staging.stg_training_roster as t
    inner join core.fct_row_state as s on t.row_id = s.row_id
    where s.state = 'current'
),

fct_training_roster as (
    select
        t.row_id as row_id,
        t.plan_year as plan_year,
        t.category_code as category_code,
        t.person_kind_code as person_kind_code,
        coalesce(t.territory_id, 'unassigned') as territory_id,
        coalesce(t.department_id, 'unassigned') as department_id,
        t.reporter_id as reporter_id,
        t.enterprise_name as enterprise_name,
        t.credit_code as credit_code,
        t.person_key as person_key,
        t.person_name as person_name,
        t.person_id as person_id,
        t.phone as phone,
        t.file_hash as file_hash,
        t.file_name as file_name,
        t.sheet_name as sheet_name,
        t.row_number as row_number,
        t.receipt_seq as receipt_seq,
        t.is_corrected as is_corrected
    from source as t
)

select * from fct_training_roster
