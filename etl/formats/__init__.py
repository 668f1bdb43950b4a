"""One module per format other than xlsx; `etl.formats.workbook` chooses by the file's content."""
