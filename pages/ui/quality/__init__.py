"""数据质量: checks, findings, rows handed back, the row balance."""
