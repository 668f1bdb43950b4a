-- grain: one row: what the build is of, how far its data reach, how many months may be chosen
select
    s.data_as_of_date,
    s.opening_month,
    s.first_month,
    s.last_month,
    s.is_synthetic,
    s.profile_name_zh,
    s.office_zh,
    s.total_unit_name
from marts.data_state as s
