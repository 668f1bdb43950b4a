-- 2.0 / 3 is another number in DOUBLE and in DECIMAL, so a threshold on it falls on either side.
select s.unit_id as unit_id
from marts.score as s
where 100 * s.numerator / nullif(s.denominator, 0) >= 66.7
