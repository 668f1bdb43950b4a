"""SQL 工作台: editor, schema, session, results."""
