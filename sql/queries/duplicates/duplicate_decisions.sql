-- grain: one row per decision that stands in this build, newest first: its two rows as far as they are still there
-- Left is the row that stays, right the one merged into it, or the second of two cases.
with placed as (
    select
        r.identity,
        min(r.row_id) as row_id
    from core.fct_row_state as r
    where r.state in ('current', 'merged') and r.identity is not null
    group by r.identity
),

sides as (
    select
        p.identity,
        p.row_id,
        u.name_zh as unit_zh,
        c.enterprise_name as enterprise_zh,
        c.event_date,
        c.case_zh,
        c.file_name,
        c.sheet_name,
        c.row_number
    from placed as p
    inner join core.fct_row_state as r on p.row_id = r.row_id
    left join core.dim_unit as u on r.unit_id = u.unit_id
    left join marts.duplicate_case as c on p.row_id = c.row_id
)

select
    split_part(d.kept_identity, ':', 1) as dataset,
    d.kept_identity as left_identity,
    d.dropped_identity as right_identity,
    d.verdict,
    d.decided_at,
    d.is_applied,
    a.row_id as left_row_id,
    b.row_id as right_row_id,
    a.unit_zh as left_unit_zh,
    b.unit_zh as right_unit_zh,
    a.enterprise_zh as left_enterprise_zh,
    b.enterprise_zh as right_enterprise_zh,
    a.event_date as left_date,
    b.event_date as right_date,
    a.case_zh as left_case_zh,
    b.case_zh as right_case_zh,
    a.file_name as left_file_name,
    b.file_name as right_file_name,
    a.sheet_name as left_sheet_name,
    b.sheet_name as right_sheet_name,
    a.row_number as left_row_number,
    b.row_number as right_row_number
from marts.duplicate_decision as d
left join sides as a on d.kept_now_identity = a.identity
left join sides as b on d.dropped_now_identity = b.identity
order by d.decided_at desc, d.kept_identity asc, d.dropped_identity asc
