-- grain: one row per pair of rows that may tell of one case, newest first
select
    s.dataset,
    s.left_identity,
    s.right_identity,
    s.left_row_id,
    s.right_row_id,
    a.name_zh as left_unit_zh,
    b.name_zh as right_unit_zh,
    s.left_enterprise_zh,
    s.right_enterprise_zh,
    s.left_date,
    s.right_date,
    s.left_case_zh,
    s.right_case_zh,
    s.left_file_name,
    s.right_file_name,
    s.left_sheet_name,
    s.right_sheet_name,
    s.left_row_number,
    s.right_row_number,
    s.day_count
from marts.duplicate_suspicion as s
inner join core.dim_unit as a on s.left_unit_id = a.unit_id
inner join core.dim_unit as b on s.right_unit_id = b.unit_id
order by
    greatest(s.left_date, s.right_date) desc nulls last,
    s.left_identity asc nulls last,
    s.right_identity asc nulls last
