"""One module per format other than xlsx; `etl.workbook` chooses by the file's content."""
