-- grain: one row per hazard whose text stands word for word at several enterprises of one unit and month
with limits as (
    select
        max(case when p.parameter = 'enterprise_count' then p.value end) as enterprise_count,
        max(case when p.parameter = 'text_length' then p.value end) as text_length
    from catalogue.check_parameters as p
    where p.check_code = 'hazard_copied'
),

texts as (
    select
        h.reporter_id,
        h.hazard_text,
        cast(date_trunc('month', h.found_date) as date) as month,
        count(distinct h.enterprise_name) as enterprise_count
    from core.fct_hazard as h
    group by h.reporter_id, h.hazard_text, cast(date_trunc('month', h.found_date) as date)
),

chk_hazard_copied as (
    select
        'hazard_copied' as check_code,
        h.receipt_seq,
        h.row_id,
        h.reporter_id as unit_id,
        cast(null as date) as month,
        h.hazard_no || '：' || h.enterprise_name || '的描述与本月另外 '
        || (t.enterprise_count - 1) || ' 家企业一字不差：' || h.hazard_text as detail_zh
    from core.fct_hazard as h
    inner join texts as t
        on
            h.reporter_id = t.reporter_id
            and h.hazard_text = t.hazard_text
            and cast(date_trunc('month', h.found_date) as date) = t.month
    cross join limits as l
    where t.enterprise_count >= l.enterprise_count and length(h.hazard_text) >= l.text_length
)

select * from chk_hazard_copied
