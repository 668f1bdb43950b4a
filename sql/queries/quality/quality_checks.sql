-- grain: one row per check with its scope in words, what came of it and the indicators it touches
with touched as (
    select
        c.check_code,
        string_agg(i.name_zh, '、' order by i.sort_no) as indicators_zh
    from marts.check_result as c
    inner join catalogue.indicators as i
        on list_contains(string_split(c.indicator_codes, ';'), i.indicator_code)
    group by c.check_code
)

select
    c.check_code,
    c.name_zh,
    c.scope,
    s.name_zh as scope_zh,
    s.meaning_zh as scope_meaning_zh,
    c.status,
    c.checked_count,
    c.failed_count,
    k.meaning_zh,
    k.basis_zh,
    case
        when c.indicator_codes = '*' then '全部指标'
        else coalesce(t.indicators_zh, '不影响指标')
    end as indicators_zh
from marts.check_result as c
inner join catalogue.checks as k on c.check_code = k.check_code
inner join catalogue.check_scopes as s on c.scope = s.scope
left join touched as t on c.check_code = t.check_code
order by
    case c.scope when 'warehouse' then 1 when 'submission' then 2 else 3 end asc,
    case c.status when 'failed' then 1 when 'noticed' then 2 else 3 end asc,
    c.failed_count desc, c.name_zh asc
