"""指标目录: the list and one entry."""
