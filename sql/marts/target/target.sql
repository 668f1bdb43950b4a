-- grain: one row per target of any profile: what a document demands of an indicator, where, in which months
select
    t.profile_code,
    t.profile_code = p.profile_code as is_own,
    t.target_id,
    t.digest_id,
    t.indicator_code,
    t.level,
    t.category_code,
    cast(t.period_from || '-01' as date) as month_from,
    cast(t.period_to || '-01' as date) as month_to,
    t.comparator,
    cast(nullif(t.target_value, '') as decimal(18, 4)) as target_value,
    t.is_soft = '1' as is_soft,
    t.judged,
    t.document,
    t.article,
    t.quote,
    t.formula_id,
    t.note
from profile.all_targets as t
cross join profile.facts as p
