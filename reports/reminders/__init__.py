"""催报: who owes which ledger of a month, as a workbook and as a text to each unit."""
