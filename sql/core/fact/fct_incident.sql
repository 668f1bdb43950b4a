-- grain: one row per incident of the ledgers in force, cancelled ones included
-- is_counted: 山东2024统计分类通知, no casualties and a loss under 100万元 is not counted; 已核销 and 非生产经营性 neither
with source as (
    select
        i.*,
        s.unit_id as reporter_id,
        s.as_of_date
    from staging.stg_incident as i
    inner join core.fct_row_state as s on i.row_id = s.row_id
    where s.state = 'current'
),

graded as (
    select
        i.row_id,
        max(g.grade_rank) as grade_rank
    from source as i
    inner join catalogue.accident_grades as g
        on
            i.death_count >= g.death_min
            or i.serious_injury_count >= g.serious_injury_min
            or i.loss_wan >= g.loss_wan_min
    group by i.row_id
),

fct_incident as (
    select
        i.row_id,
        i.incident_no,
        i.incident_name,
        i.occurred_date,
        i.reported_date,
        i.entered_date,
        cast(date_trunc('month', coalesce(i.stat_month, i.occurred_date)) as date) as stat_month,
        coalesce(i.zone_id, i.territory_id, 'unassigned') as territory_id,
        coalesce(i.department_id, 'unassigned') as department_id,
        i.reporter_id,
        i.sector_code,
        i.accident_type_code,
        coalesce(i.is_production, true) as is_production,
        coalesce(i.is_liability, true) as is_liability,
        coalesce(i.is_road_transport, false) as is_road_transport,
        coalesce(i.is_fire, false) as is_fire,
        i.death_count,
        coalesce(i.serious_injury_count, 0) as serious_injury_count,
        coalesce(i.minor_injury_count, 0) as minor_injury_count,
        coalesce(i.loss_wan, 0) as loss_wan,
        i.reported_grade_code,
        a.accident_grade_code as grade_code,
        g.grade_rank,
        i.status_code,
        i.cancelled_date,
        i.cancel_reason_code,
        i.concluded_date,
        i.enterprise_name,
        i.credit_code,
        i.summary_text,
        i.status_code <> 'cancelled'
        and coalesce(i.is_production, true)
        and (
            i.death_count > 0
            or coalesce(i.serious_injury_count, 0) > 0
            or coalesce(i.minor_injury_count, 0) > 0
            or coalesce(i.loss_wan, 0) >= 100
        ) as is_counted,
        i.as_of_date,
        i.file_hash,
        i.file_name,
        i.sheet_name,
        i.row_number,
        i.receipt_seq,
        i.is_corrected
    from source as i
    left join graded as g on i.row_id = g.row_id
    left join catalogue.accident_grades as a on g.grade_rank = a.grade_rank
)

select * from fct_incident
