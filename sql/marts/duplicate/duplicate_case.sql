-- grain: one row per current or merged incident or hazard, with what two ledgers that tell of it would both say
-- A merged row is doubted no more; it stands here so that its decision can be read and taken back.
with told as (
    select
        'incident' as dataset,
        i.row_id,
        s.identity,
        s.unit_id as reporter_id,
        s.state = 'merged' as is_merged,
        i.enterprise_name,
        i.occurred_date as event_date,
        coalesce(i.zone_id, i.territory_id, 'unassigned') as territory_id,
        i.incident_name as case_zh,
        i.accident_type_code as kind_code,
        i.sector_code,
        i.file_name,
        i.sheet_name,
        i.row_number,
        i.receipt_seq
    from staging.stg_incident as i
    inner join core.fct_row_state as s on i.row_id = s.row_id
    where s.state in ('current', 'merged') and i.status_code <> 'cancelled'

    union all

    select
        'hazard' as dataset,
        h.row_id,
        s.identity,
        s.unit_id as reporter_id,
        s.state = 'merged' as is_merged,
        h.enterprise_name,
        h.found_date as event_date,
        coalesce(h.zone_id, h.territory_id, 'unassigned') as territory_id,
        h.hazard_no || ' ' || h.hazard_text as case_zh,
        h.hazard_text as kind_code,
        h.sector_code,
        h.file_name,
        h.sheet_name,
        h.row_number,
        h.receipt_seq
    from staging.stg_hazard as h
    inner join core.fct_row_state as s on h.row_id = s.row_id
    where s.state in ('current', 'merged')
),

duplicate_case as (
    select
        t.dataset,
        t.row_id,
        t.identity,
        t.is_merged,
        t.reporter_id,
        coalesce(
            replace(replace(replace(replace(replace(replace(
                t.enterprise_name, ' ', ''
            ), '　', ''), '（', '('), '）', ')'), '有限责任公司', ''), '有限公司', ''),
            t.territory_id || ' ' || t.kind_code
        ) as place_key,
        t.enterprise_name,
        t.event_date,
        t.case_zh,
        t.kind_code,
        t.sector_code,
        t.file_name,
        t.sheet_name,
        t.row_number,
        t.receipt_seq
    from told as t
)

select * from duplicate_case
