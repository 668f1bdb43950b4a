"""The formats that are text: CSV, TSV, web pages saved as .xls."""
