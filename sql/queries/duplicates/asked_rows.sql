-- grain: one row per finding on what replaces what that a person should settle, newest receipt first
select
    f.check_code,
    c.name_zh,
    f.receipt_seq,
    f.unit_id,
    f.file_name,
    f.detail_zh
from marts.check_finding as f
inner join catalogue.checks as c on f.check_code = c.check_code
where f.check_code in ('older_differs', 'supplement_unlisted', 'typed_twice')
order by f.receipt_seq desc, f.check_code asc, f.detail_zh asc
