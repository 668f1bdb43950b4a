-- grain: one row per hazard whose 整改进展 and dates do not say the same
select
    'hazard_status' as check_code,
    h.receipt_seq,
    h.row_id,
    h.reporter_id as unit_id,
    cast(null as date) as month,
    h.hazard_no || '：' || case
        when h.status_code = 'closed' and h.closed_date is null then '已销号，没有销号日期'
        when h.status_code = 'accepted' and h.accepted_date is null then '已验收，没有验收日期'
        when h.closed_date is not null and h.status_code <> 'closed'
            then '填了销号日期，进展却不是已销号'
        when
            h.accepted_date is not null
            and h.status_code not in ('accepted', 'closed', 'returned')
            then '填了验收日期，进展却是' || s.name_zh || '，按未验收计'
        when
            h.status_code in ('awaiting_acceptance', 'accepted', 'closed')
            and h.rectified_date is null
            then '没有整改完成日期就待验收、验收或销号'
        else '延期中，没有延期后期限'
    end as detail_zh
from core.fct_hazard as h
left join catalogue.codes as s on s.code_list = 'hazard_status' and h.status_code = s.code
where
    (h.status_code = 'closed' and h.closed_date is null)
    or (h.status_code = 'accepted' and h.accepted_date is null)
    or (h.closed_date is not null and h.status_code <> 'closed')
    or (
        h.accepted_date is not null
        and h.status_code not in ('accepted', 'closed', 'returned')
    )
    or (
        h.status_code in ('awaiting_acceptance', 'accepted', 'closed')
        and h.rectified_date is null
    )
    or (h.status_code = 'extended' and h.extended_due_date is null)
