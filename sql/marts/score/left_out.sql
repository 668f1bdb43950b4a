-- grain: one row per indicator, unit and month with rows of the unit's own ledger that leave out what a score reads of them
-- Leaving out never helps: handed back, or a major hazard without a deadline or a place. A row that says 一般 is not read,
-- one handed back whose older version still counts is not counted twice.
-- A done hazard of an earlier year no longer matters; an open one does.
with handed_back as (
    select
        l.indicator_code,
        r.unit_id,
        s.span_month,
        cast(count(*) as integer) as row_count
    from core.fct_returned_row as r
    inner join catalogue.indicators as i on r.dataset = i.primary_dataset
    inner join catalogue.left_out_rules as l on i.indicator_code = l.indicator_code
    inner join core.dim_span as s
        on s.span_kind = 'ytd' and coalesce(r.business_date, r.span_from_date) <= s.last_date
    where not r.has_older_version and coalesce(r.hazard_grade_code, 'major') = 'major'
    group by l.indicator_code, r.unit_id, s.span_month
),

bare as (
    select
        l.indicator_code,
        h.reporter_id as unit_id,
        s.span_month,
        cast(count(*) as integer) as row_count
    from core.fct_hazard as h
    cross join catalogue.left_out_rules as l
    inner join core.dim_span as s on s.span_kind = 'ytd' and h.found_date <= s.last_date
    where
        h.hazard_grade_code = 'major'
        and (
            h.territory_id = 'unassigned'
            or (l.reads_deadline = '1' and h.effective_due_date is null)
        )
        and (
            h.done_date is null
            or h.done_date > s.last_date
            or (l.is_open_only = '0' and h.found_date >= s.month_from)
        )
    group by l.indicator_code, h.reporter_id, s.span_month
),

left_out as (
    select
        coalesce(h.indicator_code, b.indicator_code) as indicator_code,
        coalesce(h.unit_id, b.unit_id) as unit_id,
        coalesce(h.span_month, b.span_month) as span_month,
        coalesce(h.row_count, 0) as handed_back_count,
        coalesce(b.row_count, 0) as bare_count
    from handed_back as h
    full outer join bare as b
        on
            h.indicator_code = b.indicator_code
            and h.unit_id = b.unit_id
            and h.span_month = b.span_month
)

select * from left_out
