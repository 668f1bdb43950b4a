-- grain: one row per submission and unit that loses a death of any case, or more than a fifth of the rows it replaces
-- Such a submission is held until a person confirms it (design §3); 核销 keeps the row, so it is no loss.
select
    'shrunk_slice' as check_code,
    r.receipt_seq,
    cast(null as varchar) as row_id,
    r.unit_id,
    r.last_month as month,
    '替换 ' || r.row_count || ' 行，其中 ' || r.lost_count || ' 行不再出现'
    || case
        when r.death_to_count < r.death_from_count
            then
                '；减少的各起，死亡由 ' || r.death_from_count || ' 人变为 ' || r.death_to_count
                || ' 人'
        else ''
    end as detail_zh
from core.fct_replacement as r
where r.death_to_count < r.death_from_count or 5 * r.lost_count > r.row_count
