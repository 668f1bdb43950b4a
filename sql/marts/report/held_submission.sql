-- grain: one row per submission that came in and waits for a person; its unit's earlier figures stand
select
    h.receipt_seq,
    h.file_name,
    h.held_reason_zh
from lake.held as h
