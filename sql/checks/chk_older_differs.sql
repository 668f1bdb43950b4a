-- grain: one row per row of a ledger that came after a newer one, where the newer one says otherwise
-- The newer ledger counts; a person may say that the older one does (采用此表).
with standing as (
    select
        r.dataset,
        r.unit_id,
        r.identity_key,
        max(r.business_date) as business_date,
        max(r.likeness_key) as likeness_key
    from core.fct_sent_row as r
    inner join core.fct_row_state as s on r.row_id = s.row_id
    where s.state in ('current', 'merged')
    group by r.dataset, r.unit_id, r.identity_key
),

chk_older_differs as (
    select
        'older_differs' as check_code,
        r.receipt_seq,
        r.row_id,
        r.unit_id,
        cast(null as date) as month,
        s.file_name || ' / ' || s.sheet_name || ' 第 ' || r.row_number || ' 行'
        || case
            when r.dataset = 'incident' then '“' || coalesce(r.name_key, r.identity_key) || '”'
            when r.dataset in ('hazard', 'enforcement') then '“' || r.identity_key || '”'
            else ''
        end
        || case
            when c.identity_key is null then '：新台账没有这一件'
            when c.business_date <> r.business_date
                then '：日期 ' || r.business_date || '，新台账为 ' || c.business_date
            else '：属地或伤亡与新台账不同'
        end as detail_zh
    from core.fct_row_standing as t
    inner join core.fct_sent_row as r on t.row_id = r.row_id
    inner join core.fct_submission as s
        on r.receipt_seq = s.receipt_seq and r.sheet_no = s.sheet_no and r.table_no = s.table_no
    left join standing as c
        on r.dataset = c.dataset and r.unit_id = c.unit_id and r.identity_key = c.identity_key
    where
        t.is_late
        and t.typed_row_id is null
        and (
            c.identity_key is null
            or c.business_date <> r.business_date
            or c.likeness_key <> r.likeness_key
        )
)

select * from chk_older_differs
