-- grain: one row per current hazard asked for, every open column under its Chinese name, for two to be compared
select
    行标识 as row_id,
    * exclude (行标识, 文件指纹, 收件号, 工作簿, 工作表, 行号)
from main.隐患
where list_contains(:row_ids, 行标识)
