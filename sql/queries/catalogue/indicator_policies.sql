-- grain: one row per indicator and row of the policy digest it answers
with asked as (
    select
        i.indicator_code,
        unnest(string_split(i.policy_ids, ';')) as policy_id
    from catalogue.indicators as i
)

select
    a.indicator_code,
    p.id as policy_id,
    p.issuer,
    p.doc_no,
    p.article,
    p.subject,
    p.period_or_deadline as period_zh,
    p.quote
from asked as a
inner join catalogue.policy as p on a.policy_id = p.id
order by a.indicator_code, p.document, p.id
