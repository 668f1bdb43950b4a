-- grain: one row per indicator, span, role and unit whose figure is not known in full: what is missing, in words
-- A last month that was sent is not 未报: it waits (待确认) or came back (已送退回 n 行).
with worded as (
    select
        c.*,
        m.closes_day,
        case
            when c.coverage_state not in ('none', 'hole') then null
            when m.sent_state = 'returned'
                then '已送退回' || coalesce(' ' || nullif(c.returned_row_count, 0) || ' 行', '')
            when m.sent_state = 'held' then '待确认'
        end as sent_words,
        case
            when year(c.hole_from_month) <> year(c.span_month) then year(c.hole_from_month) || '年'
            else ''
        end || month(c.hole_from_month) as from_words,
        case
            when year(c.hole_to_month) <> year(c.hole_from_month) then year(c.hole_to_month) || '年'
            else ''
        end || month(c.hole_to_month) as to_words,
        (year(c.hole_to_month) - year(c.hole_from_month)) * 12
        + month(c.hole_to_month) - month(c.hole_from_month) + 1 as reach_count,
        cast(cast(c.unplaced_amount as bigint) as varchar) || ' ' || c.unit_zh as unplaced_words
    from marts.figure_coverage as c
    inner join catalogue.indicators as i on c.indicator_code = i.indicator_code
    left join core.fct_sent_month as m
        on
            i.primary_dataset = m.dataset
            and c.unit_role = m.unit_role
            and c.unit_id = m.unit_id
            and c.span_month = m.month
    where
        c.coverage_state in ('hole', 'open', 'incomplete', 'carried', 'none')
        or c.unplaced_amount > 0
        or c.returned_row_count > 0
        or m.closes_day is not null
),

coverage_note as (
    select
        w.indicator_code,
        w.span_kind,
        w.span_month,
        w.unit_role,
        w.unit_id,
        concat_ws(
            '；',
            case when w.coverage_state = 'none' then w.sent_words end,
            case
                when w.coverage_state = 'hole' and w.hole_count = 1 then '缺' || w.from_words || '月'
                when w.coverage_state = 'hole' and w.hole_count = w.reach_count
                    then '缺' || w.from_words || '—' || w.to_words || '月'
                when w.coverage_state = 'hole'
                    then concat(
                        '缺', w.from_words, '月至', w.to_words, '月间的 ', w.hole_count, ' 个月'
                    )
                when w.coverage_state = 'open'
                    then concat(
                        '截至', month(w.known_to_date), '月', dayofmonth(w.known_to_date), '日'
                    )
                when w.coverage_state = 'carried'
                    then '沿用' || month(w.carried_month) || '月台账'
                when w.coverage_state = 'incomplete'
                    then concat(
                        case
                            when w.expected_unit_count > w.reported_unit_count
                                then w.expected_unit_count - w.reported_unit_count || ' 个单位未报全'
                            else '前几月有单位未报全'
                        end
                    )
            end || case
                when w.coverage_state = 'hole' and w.hole_to_month = w.span_month
                    then coalesce('（' || w.sent_words || '）', '')
                else ''
            end,
            case
                when w.returned_row_count > 0 and coalesce(w.sent_words, '待确认') = '待确认'
                    then w.returned_row_count || ' 行退回未计'
            end,
            '按' || w.closes_day || '日关账',
            case when w.unplaced_amount > 0 then '另有 ' || w.unplaced_words || '未归属' end
        ) as coverage_zh
    from worded as w
    where
        w.coverage_state <> 'none'
        or w.sent_words is not null
        or w.unplaced_amount > 0
        or w.returned_row_count > 0
        or w.closes_day is not null
)

select * from coverage_note
