-- grain: one row: how many rows that came before a load its submissions took out of force with nothing in their place
select cast(count(*) as integer) as row_count
from core.fct_row_state as s
where
    s.state = 'withdrawn'
    and s.receipt_seq < :first_seq
    and list_contains(:seqs, s.replaced_by_seq)
