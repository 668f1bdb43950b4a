-- grain: one row per model of this build: its SQL text as it was built
select
    m.schema_name || '.' || m.model_name as full_name,
    m.sql_text
from catalogue.model as m
