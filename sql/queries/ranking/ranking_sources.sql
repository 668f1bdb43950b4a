-- grain: one row per indicator of a ranking and sentence that speaks of it: in the scheme's document, else in any
with spoken as (
    select
        i.name_zh,
        p.id,
        p.issuer,
        p.doc_no,
        p.article,
        p.quote,
        r.sort_no,
        p.document = b.document as is_own,
        max(p.document = b.document) over (partition by r.item_code) as has_own
    from marts.scheme as s
    inner join marts.scheme_item as r on s.scheme_code = r.scheme_code and s.version = r.version
    inner join catalogue.indicators as i on r.indicator_code = i.indicator_code
    inner join catalogue.policy as p on list_contains(string_split(i.policy_ids, ';'), p.id)
    left join catalogue.policy as b on s.digest_id = b.id
    where s.scheme_code = :scheme_code and :month between s.month_from and s.month_to
)

select
    s.name_zh,
    s.issuer,
    s.doc_no,
    s.article,
    s.quote
from spoken as s
where s.is_own or not coalesce(s.has_own, false)
order by s.sort_no, s.id
