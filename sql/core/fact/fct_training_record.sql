-- grain: one row per person, training and result
with source as (
    select
        t.*,
        s.unit_id as reporter_id
    from staging.stg_training_record as t
    inner join core.fct_row_state as s on t.row_id = s.row_id
    where s.state = 'current'
),

fct_training_record as (
    select
        t.row_id,
        t.enterprise_name,
        t.credit_code,
        t.category_code,
        t.person_kind_code,
        t.trained_date,
        t.result_code,
        t.certificate_expiry_date,
        t.organiser_text,
        t.reporter_id,
        t.person_key,
        t.person_name,
        t.person_id,
        t.certificate_no,
        t.file_hash,
        t.file_name,
        t.sheet_name,
        t.row_number,
        t.receipt_seq,
        t.is_corrected
    from source as t
)

select * from fct_training_record
