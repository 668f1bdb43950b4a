-- grain: one row per dataset, unit and month the calendar asks for and no workbook in force speaks for
select
    r.dataset as dataset,
    r.unit_id as unit_id,
    r.month as month
from core.fct_report_duty as r
where not r.is_reported
