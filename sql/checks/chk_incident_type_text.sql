-- grain: one row per incident whose name says another type than its type column
select
    'incident_type_text' as check_code,
    i.receipt_seq,
    i.row_id,
    i.reporter_id as unit_id,
    cast(null as date) as month,
    i.incident_name || '：名称里是' || w.name_zh || '，事故类型填的是' || c.name_zh as detail_zh
from core.fct_incident as i
inner join catalogue.type_words as w on strpos(i.incident_name, w.word) > 0
inner join catalogue.codes as c
    on c.code_list = 'accident_type' and i.accident_type_code = c.code
where not list_contains(string_split(w.accident_type_codes, ';'), i.accident_type_code)
