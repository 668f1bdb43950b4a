-- grain: one row per submission that waits for a person, newest first
select
    h.file_name,
    h.held_reason_zh
from marts.held_submission as h
order by h.receipt_seq desc
