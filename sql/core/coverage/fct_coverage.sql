-- grain: one row per dataset, sender and month: what is known of the month from that sender, and by which workbook
-- known: a ledger in force speaks for the whole month. known_to: up to a day. held, returned (wholly handed back, or 合计
-- alone without its rows): sent, but nothing to count on. missing: due and not sent. not_due (未纳入): neither sent nor due yet. 补报 adds and proves no month.
with speaking as (
    select
        d.*,
        s.receipt_seq,
        s.as_of_date,
        s.filed_date,
        s.sheet_no,
        s.table_no,
        s.file_hash,
        s.file_name,
        s.sheet_name,
        least(s.span_to_date, d.last_date) as known_to_date,
        case
            when s.fate is null then case when d.is_due then 'missing' else 'not_due' end
            when s.fate in ('held', 'returned') then s.fate
            when s.span_from_date <= d.month and s.span_to_date >= d.close_date then 'known'
            else 'known_to'
        end as state
    from core.fct_report_sender as d
    left join core.fct_submission_fate as s
        on
            d.dataset = s.dataset
            and d.unit_id = s.unit_id
            and (s.mode <> 'append' or s.fate = 'held')
            and s.span_from_date <= d.last_date
            and s.span_to_date >= d.month
),

ranked as (
    select
        s.*,
        row_number() over (
            partition by s.dataset, s.unit_id, s.month
            order by
                case s.state
                    when 'known' then 1
                    when 'known_to' then 2
                    when 'held' then 3
                    when 'returned' then 4
                    else 5
                end asc nulls last,
                s.as_of_date desc nulls last, s.filed_date desc nulls last,
                s.receipt_seq desc nulls last, s.sheet_no desc nulls last,
                s.table_no desc nulls last
        ) as turn
    from speaking as s
),

fct_coverage as (
    select
        'duty-' || r.dataset || '-' || r.unit_id || '-' || r.month as row_id,
        r.dataset, r.unit_id, r.covers, r.rhythm,
        r.month, r.last_date, r.due_date, r.is_asked,
        r.is_due,
        r.state, r.state = 'known' as is_known,
        case when r.state in ('known', 'known_to') then r.known_to_date end as known_to_date,
        r.receipt_seq, r.sheet_no, r.table_no,
        r.as_of_date, r.file_hash, r.file_name,
        r.sheet_name
    from ranked as r
    where r.turn = 1
)

select * from fct_coverage
