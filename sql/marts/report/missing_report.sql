-- grain: one row per dataset, unit and month the calendar asks for and no workbook speaks for in full: not sent, waiting, or handed back
select
    r.dataset,
    r.unit_id,
    r.month,
    r.state,
    r.standing_zh
from marts.report_state as r
where r.state in ('missing', 'held', 'returned', 'partial')
