"""The raw XML of .xlsx, read by other code than the reader, and the preflight."""
