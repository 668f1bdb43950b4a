"""The answer to an analyst's query as files."""
