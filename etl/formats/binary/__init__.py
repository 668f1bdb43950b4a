"""The binary formats: .xls, .et and .xlsb."""
