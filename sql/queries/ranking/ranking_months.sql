-- grain: one row per unit and month of a ranking, this month and the five before, under the same version of the scheme
select
    s.span_month,
    s.unit_id,
    s.rank_no
from marts.score as s
inner join marts.scheme as v on s.scheme_code = v.scheme_code and s.version = v.version
where
    s.scheme_code = :scheme_code
    and s.list_code = :list_code
    and :month between v.month_from and v.month_to
    and s.span_month <= :month
    and s.span_month > cast(:month as date) - interval 6 month
order by s.span_month, s.sort_no, s.unit_id
