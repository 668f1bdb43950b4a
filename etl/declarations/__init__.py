"""What is declared of workbooks, read from `etl/sources/`: fields, headers, code lists, words."""
