-- grain: one row per stated figure (metric, period, version), in base units: 亿元, 人, 辆
with source as (
    select
        e.*,
        s.unit_id as reporter_id
    from staging.stg_economy as e
    inner join core.fct_row_state as s on e.row_id = s.row_id
    where s.state = 'current'
),

fct_economy as (
    select
        e.row_id,
        e.metric_code,
        e.data_year,
        e.period_code,
        make_date(e.data_year, 1, 1) as month_from,
        make_date(
            e.data_year,
            case e.period_code when 'q1' then 3 when 'h1' then 6 when 'q3' then 9 else 12 end,
            1
        ) as month_to,
        cast(
            e.amount * case when e.unit_code in ('wan_ren', 'wan_liang') then 10000 else 1 end
            as decimal(18, 4)
        ) as amount,
        case e.unit_code
            when 'wan_ren' then 'ren'
            when 'wan_liang' then 'liang'
            else e.unit_code
        end as unit_code,
        e.version_code,
        row_number() over (
            partition by e.metric_code, e.data_year, e.period_code
            order by
                case e.version_code when 'final' then 1 else 2 end asc nulls last,
                e.published_date desc nulls last,
                e.row_id asc nulls last
        ) = 1 as is_newest,
        e.source_text,
        e.published_date,
        e.reporter_id,
        e.file_hash,
        e.file_name,
        e.sheet_name,
        e.row_number,
        e.receipt_seq,
        e.is_corrected
    from source as e
)

select * from fct_economy
