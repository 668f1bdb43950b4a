"""数据质量: what the checks found, as facts for the page and a document that stands alone."""
