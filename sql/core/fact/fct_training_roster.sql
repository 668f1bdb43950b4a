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
        t.row_id,
        t.plan_year,
        t.category_code,
        t.person_kind_code,
        coalesce(t.territory_id, 'unassigned') as territory_id,
        coalesce(t.department_id, 'unassigned') as department_id,
        t.reporter_id,
        t.enterprise_name,
        t.credit_code,
        t.person_key,
        t.person_name,
        t.person_id,
        t.phone,
        t.file_hash,
        t.file_name,
        t.sheet_name,
        t.row_number,
        t.receipt_seq,
        t.is_corrected
    from source as t
)

select * from fct_training_roster
