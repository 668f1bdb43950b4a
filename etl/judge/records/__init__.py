"""The records of one table: typed values, periods, keys, and what is handed on."""
