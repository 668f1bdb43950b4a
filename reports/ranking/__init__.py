"""晾晒排名 as a document: one board of rows, its words, its cells, its workbook."""
