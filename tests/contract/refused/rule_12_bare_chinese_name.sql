-- Unquoted Chinese identifiers are an error on Spark.
select i.row_id as 编号
from core.fct_incident as i
