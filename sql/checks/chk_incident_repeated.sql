-- grain: one row per incident that may be the same as another one, until a person decides
with chk_incident_repeated as (
    select
        'incident_repeated' as check_code,
        s.left_receipt_seq as receipt_seq,
        s.left_row_id as row_id,
        s.left_unit_id as unit_id,
        cast(null as date) as month,
        s.left_case_zh || '（' || s.left_date || '）与《' || s.right_file_name || '》第 '
        || s.right_row_number || ' 行的 ' || s.right_case_zh || '（' || s.right_date
        || '）可能是同一起事故' as detail_zh
    from marts.duplicate_suspicion as s
    where s.dataset = 'incident'

    union all

    select
        'incident_repeated' as check_code,
        s.right_receipt_seq as receipt_seq,
        s.right_row_id as row_id,
        s.right_unit_id as unit_id,
        cast(null as date) as month,
        s.right_case_zh || '（' || s.right_date || '）与《' || s.left_file_name || '》第 '
        || s.left_row_number || ' 行的 ' || s.left_case_zh || '（' || s.left_date
        || '）可能是同一起事故' as detail_zh
    from marts.duplicate_suspicion as s
    where s.dataset = 'incident'
)

select * from chk_incident_repeated
