"""One module per format other than xlsx; `open_workbook` chooses by the file's content."""
