-- grain: one row per inspection whose penalty is half told: a fine or case without a penalty, or a penalty without a case
select
    'penalty_incomplete' as check_code,
    e.receipt_seq,
    e.row_id,
    e.reporter_id as unit_id,
    cast(null as date) as month,
    e.record_no || '：' || case
        when e.is_unit_penalised or e.is_principal_penalised then '已处罚，没有处罚日期或文号'
        else '有罚款、处罚类别、日期或文号，却没有处罚单位或主要负责人，按已处罚计'
    end as detail_zh
from core.fct_enforcement as e
where
    e.is_penalised
    and (
        (not e.is_unit_penalised and not e.is_principal_penalised)
        or e.penalty_date is null
        or e.case_no is null
    )
