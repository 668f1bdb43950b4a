-- grain: one row per version of a scheme, month, ranked unit and item: share reached, before weights, and why in words
with worded as (
    select
        s.*,
        i.item_zh,
        i.sort_no,
        case c.decimals
            when 0 then cast(cast(s.value as decimal(18, 0)) as varchar)
            when 1 then cast(cast(s.value as decimal(18, 1)) as varchar)
            when 2 then cast(cast(s.value as decimal(18, 2)) as varchar)
            else cast(s.value as varchar)
        end || case c.unit_zh when '%' then '%' else ' ' || c.unit_zh end as value_words,
        c.value_form = 'ratio' and i.mode = 'completion' as is_from_parts,
        case c.unit_zh when '%' then '%' else ' ' || c.unit_zh end as unit_words,
        case c.unit_zh when '%' then '个百分点' else c.unit_zh end as step_words,
        regexp_replace(cast(s.numerator as varchar), '\.?0+$', '') as numerator_words,
        regexp_replace(cast(s.denominator as varchar), '\.?0+$', '') as denominator_words,
        regexp_replace(cast(i.minimum_denominator as varchar), '\.?0+$', '') as minimum_words,
        regexp_replace(cast(i.full_at as varchar), '\.?0+$', '') as full_words,
        regexp_replace(cast(i.zero_at as varchar), '\.?0+$', '') as zero_words,
        regexp_replace(cast(i.unit_points as varchar), '\.?0+$', '') as unit_point_words,
        regexp_replace(cast(i.points as varchar), '\.?0+$', '') as point_words,
        regexp_replace(cast(i.veto_value as varchar), '\.?0+$', '') as veto_words,
        case i.veto_comparator
            when '>=' then '≥'
            when '>' then '＞'
            when '<=' then '≤'
            when '<' then '＜'
        end as veto_sign,
        cast(round(s.share * 100, 2) as decimal(18, 2)) as share_pct
    from marts.score_share as s
    inner join marts.scheme_item as i
        on s.scheme_code = i.scheme_code and s.version = i.version and s.item_code = i.item_code
    inner join catalogue.indicators as c on s.indicator_code = c.indicator_code
),

score_line as (
    select
        w.scheme_code,
        w.version,
        w.span_month,
        w.group_code,
        w.unit_id,
        w.item_code,
        w.item_zh,
        w.indicator_code,
        w.unit_role,
        w.mode,
        w.numerator,
        w.denominator,
        w.value,
        w.line_state,
        w.share,
        w.is_veto,
        case w.line_state
            when 'missing'
                then
                    case
                        when
                            w.coverage_zh like '待确认%' or w.coverage_zh like '已送退回%'
                            then w.coverage_zh
                        else coalesce('未报全（' || w.coverage_zh || '）', '未报')
                    end
            when 'zeroed' then '未报，按 0 分计'
            when 'none' then '没有应计事项，不参评'
            when 'small' then '分母 ' || w.denominator_words || '，少于 ' || w.minimum_words || '，不参评'
            else case
                when w.is_from_parts
                    then concat(
                        w.numerator_words, '/', w.denominator_words, '（', w.value_words, '）'
                    )
                else w.value_words
            end || case w.mode
                when 'completion' then '，满分线 ' || w.full_words || w.unit_words
                when 'steps' then '，按阶梯计'
                when 'deduct'
                    then case
                        when w.share = 1 then '，不扣分'
                        else concat(
                            '，每', w.step_words, '扣 ', w.unit_point_words,
                            ' 分（满分 ', w.point_words, ' 分）'
                        )
                    end
                when 'bonus'
                    then concat(
                        '，', w.zero_words, w.unit_words, ' 起每', w.step_words, '加 ',
                        w.unit_point_words, ' 分，最多 ', w.point_words, ' 分'
                    )
                else ''
            end || coalesce('，得分率 ' || w.share_pct || '%', '')
        end || case
            when w.line_state <> 'missing' and w.handed_back_count > 0
                then concat('；含退回 ', w.handed_back_count, ' 行，按未完成计')
            else ''
        end || case
            when w.line_state <> 'missing' and w.bare_count > 0
                then concat('；含缺期限或属地 ', w.bare_count, ' 项，按未完成计')
            else ''
        end || case
            when w.is_veto then '；一票否决（' || w.veto_sign || w.veto_words || w.unit_words || '）'
            else ''
        end as reason_zh,
        w.sort_no
    from worded as w
)

select * from score_line
