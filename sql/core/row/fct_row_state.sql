-- grain: one row per accepted workbook row, with what became of it: current, superseded, withdrawn, merged
-- A person may decide that two current rows tell of one case (decisions/duplicates.csv): the dropped one is merged into
-- the kept one and counts no more. Rows are named by identity (数据种类:单位:编号或名称), so the decision survives a
-- ledger sent again. While either is gone or stands twice, the decision does nothing and is reported.
with identified as (
    select
        s.identity,
        min(s.row_id) as row_id
    from core.fct_row_standing as s
    where s.state = 'current' and s.identity is not null
    group by s.identity
    having count(*) = 1
),

merging as (
    select
        dropped.row_id,
        min(kept.row_id) as merged_into_row_id
    from core.fct_decision as d
    inner join identified as kept on d.kept_identity = kept.identity
    inner join identified as dropped on d.dropped_identity = dropped.identity
    where d.verdict = 'duplicate'
    group by dropped.row_id
),

fct_row_state as (
    select
        s.dataset,
        s.row_id,
        s.receipt_seq,
        s.unit_id,
        s.as_of_date,
        s.business_date,
        s.identity,
        s.name_identity,
        s.replaced_by_seq,
        m.merged_into_row_id,
        case when m.row_id is not null then 'merged' else s.state end as state
    from core.fct_row_standing as s
    left join merging as m on s.row_id = m.row_id
)

select * from fct_row_state
