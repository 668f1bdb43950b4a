-- grain: one row per ranking of a month: a scheme in force and one of its lists, all groups together first
with listed as (
    select distinct
        s.scheme_code,
        s.version,
        s.list_code
    from marts.score as s
    where s.span_month = :month
)

select
    l.scheme_code,
    l.version,
    l.list_code,
    coalesce(g.name_zh, s.list_zh) as list_zh,
    s.name_zh as scheme_zh,
    s.minimum_points,
    s.missing_report,
    s.tier1_zh,
    s.tier1_from,
    s.tier2_zh,
    s.tier2_from,
    s.tier3_zh,
    s.tier3_from,
    s.tier4_zh,
    s.veto_tier_zh,
    s.document,
    s.article,
    s.quote,
    s.note
from listed as l
inner join marts.scheme as s on l.scheme_code = s.scheme_code and l.version = s.version
left join profile.groups as g on l.list_code = g.group_code
order by s.sort_no, s.scheme_code, l.list_code <> '*', cast(g.sort_no as integer)
