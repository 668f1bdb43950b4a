-- grain: one row per figure of a finished year that rates divide by and nobody has supplied
with finished as (
    select distinct m.year as data_year
    from core.dim_month as m
    where m.month_no = 12 and m.month < (select max(d.month) from core.dim_month as d)
),

chk_denominator_missing as (
    select
        'denominator_missing' as check_code,
        cast(null as integer) as receipt_seq,
        cast(null as varchar) as row_id,
        'total' as unit_id,
        make_date(f.data_year, 12, 1) as month,
        f.data_year || '年的' || c.name_zh || '没有数，用它作分母的比率算不出来' as detail_zh
    from finished as f
    cross join catalogue.codes as c
    where
        c.code_list = 'economy_metric'
        and not exists (
            select e.row_id from core.fct_economy as e
            where
                e.metric_code = c.code
                and e.data_year = f.data_year
                and e.period_code = 'year'
        )
)

select * from chk_denominator_missing
