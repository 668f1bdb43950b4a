-- grain: one row per kind of rows that are no records, of one unit where asked, in the order people know them
select
    k.skip_kind,
    coalesce(c.name_zh, '其他不是记录的行') as kind_zh,
    cast(sum(k.row_count) as bigint) as row_count
from marts.skipped_row as k
left join catalogue.codes as c on c.code_list = 'skip_kind' and k.skip_kind = c.code
where
    :unit_id = 'total'
    or k.receipt_seq in (
        select s.receipt_seq
        from core.fct_submission as s
        where s.unit_id = :unit_id
    )
group by k.skip_kind, c.name_zh, c.sort_no
order by c.sort_no, k.skip_kind
