-- grain: one row per figure, beside the limit its target sets: what it is held against, and on which side it must stay
with figure_limit as (
    select
        c.indicator_code,
        c.span_kind,
        c.span_month,
        c.unit_role,
        c.unit_id,
        c.category_code,
        c.value,
        c.state,
        c.prior_value,
        c.change_sign,
        c.coverage_state = 'open' as is_open,
        i.is_share = '1' as is_share,
        cast(i.scale as decimal(18, 4)) as scale,
        c.coverage_state,
        c.value + c.doubt_amount as worst_value,
        coalesce(
            c.last_date + cast(i.provisional_days as integer) > a.data_as_of_date, false
        ) as is_provisional,
        i.is_monotone = '1' as is_monotone,
        w.is_target_met = '1' as is_verdict_met,
        i.numerator_time = 'stock' as is_stock,
        t.target_id,
        t.comparator,
        t.judged,
        t.target_month_from,
        t.target_month_to,
        case when t.comparator = 'down_yoy' then y.value else t.target_value end as limit_value,
        case
            when t.comparator in ('<', '<=') then 'ceiling'
            when t.comparator = '=' and i.direction = 'down' then 'ceiling'
            when t.comparator = 'down_yoy' then 'falling'
            else 'floor'
        end as limit_side
    from marts.comparison as c
    inner join catalogue.indicators as i on c.indicator_code = i.indicator_code
    left join catalogue.verdicts as w on c.verdict_code = w.verdict_code
    left join marts.dataset_state as a on i.primary_dataset = a.dataset
    left join marts.figure_target as t
        on
            c.indicator_code = t.indicator_code
            and c.span_kind = t.span_kind
            and c.span_month = t.span_month
            and c.unit_role = t.unit_role
            and c.unit_id = t.unit_id
            and c.category_code = t.category_code
    left join marts.comparison as y
        on
            c.indicator_code = y.indicator_code
            and y.span_kind = 'year'
            and y.coverage_state = 'whole'
            and y.span_month = make_date(year(c.span_month) - 1, 12, 1)
            and c.unit_role = y.unit_role
            and c.unit_id = y.unit_id
            and c.category_code = y.category_code
)

select * from figure_limit
