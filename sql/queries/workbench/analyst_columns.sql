-- grain: one row per column of a Chinese view, views in the order of the dictionary
select
    t.name_zh as view_zh,
    t.grain_zh,
    t.meaning_zh as view_meaning_zh,
    s.estimated_size as row_count,
    v.column_name as column_zh,
    v.data_type,
    coalesce(nullif(d.unit_zh, ''), '') as unit_zh,
    coalesce(d.meaning_zh, '') as meaning_zh
from catalogue.tables as t
inner join duckdb_columns() as v on v.schema_name = 'main' and t.name_zh = v.table_name
inner join duckdb_tables() as s on t.table_name = s.schema_name || '.' || s.table_name
left join catalogue.columns as d on t.table_name = d.table_name and v.column_name = d.name_zh
order by try_cast(t.sort_no as integer) nulls last, t.name_zh, v.column_index
