-- grain: one row per accepted workbook row that something newer took, with the moment and whether it tells of the same case
-- A newer slice of the same dataset and unit takes every older row in its span, and every older row of a case it tells of
-- wherever that lies, or a December case moved into January would count twice; by name alone only on the same day, in its
-- span, or a few days off with place and casualties alike. It does not take a row whose case it hands back; one
-- wholly handed back takes nothing.
-- 补报 (append) takes only cases it tells of, and only a newer row of the case takes one of its rows. A row that came after
-- a newer slice that speaks for its day was never in force, and takes nothing.
-- Tables stacked in one sheet stand side by side, whatever day each was drawn up; so do sheets of one workbook drawn up
-- in the same month (one for each sector), while its sheet as of October replaces its sheet as of September.
with limits as (
    select max(p.value) as moved_days
    from catalogue.check_parameters as p
    where p.check_code = 'typed_twice' and p.parameter = 'moved_days'
),

counted as (
    select c.*
    from core.fct_sent_row as c
    where c.correction_turn = 1 and c.mode <> 'key'
),

covering as (
    select
        r.row_id,
        min(o.effect_no) as effect_no
    from counted as r
    inner join core.fct_submission_fate as s
        on
            r.dataset = s.dataset
            and r.unit_id = s.unit_id
            and r.mode = 'slice'
            and s.mode = 'slice'
            and s.fate in ('whole', 'partial')
            and r.business_date between s.span_from_date and s.span_to_date
            and not (
                s.receipt_seq = r.receipt_seq
                and (
                    s.sheet_no = r.sheet_no
                    or cast(date_trunc('month', s.as_of_date) as date)
                    = cast(date_trunc('month', r.as_of_date) as date)
                )
            )
    inner join core.fct_submission_order as o
        on
            s.receipt_seq = o.receipt_seq
            and s.sheet_no = o.sheet_no
            and s.table_no = o.table_no
            and r.rank_no < o.rank_no
    left join core.fct_returned_case as b
        on
            s.receipt_seq = b.receipt_seq
            and s.dataset = b.dataset
            and s.unit_id = b.unit_id
            and r.identity_key = b.identity_key
    left join core.fct_returned_case as n
        on
            s.receipt_seq = n.receipt_seq
            and s.dataset = n.dataset
            and s.unit_id = n.unit_id
            and r.name_key = n.identity_key
    where b.identity_key is null and n.identity_key is null
    group by r.row_id
),

renewing as (
    select
        r.row_id,
        min(n.effect_no) as effect_no
    from counted as r
    inner join counted as n
        on
            r.dataset = n.dataset
            and r.unit_id = n.unit_id
            and r.identity_key = n.identity_key
            and (
                r.rank_no < n.rank_no
                or (r.rank_no = n.rank_no and r.receipt_seq < n.receipt_seq)
            )
    left join covering as c on n.row_id = c.row_id
    cross join limits as l
    where
        (c.row_id is null or n.effect_no <= c.effect_no)
        and (
            not coalesce(r.is_by_name, false)
            or r.business_date = n.business_date
            or (n.mode = 'slice' and r.business_date between n.span_from_date and n.span_to_date)
            or (
                r.likeness_key = n.likeness_key
                and abs(date_diff('day', r.business_date, n.business_date)) <= l.moved_days
            )
        )
    group by r.row_id
),

fct_row_taken as (
    select
        coalesce(c.row_id, r.row_id) as row_id,
        least(
            coalesce(c.effect_no, r.effect_no), coalesce(r.effect_no, c.effect_no)
        ) as effect_no,
        r.row_id is not null as is_renewed
    from covering as c
    full join renewing as r on c.row_id = r.row_id
)

select * from fct_row_taken
