-- grain: one row per check that speaks to an indicator, the failed ones first
select
    c.name_zh,
    c.status,
    c.checked_count,
    c.failed_count,
    c.detail_zh
from marts.check_result as c
where
    c.indicator_codes = '*'
    or list_contains(string_split(c.indicator_codes, ';'), :indicator_code)
order by case c.status when 'failed' then 1 when 'noticed' then 2 else 3 end, c.check_code
