"""Columns that nobody declared, and what has to be asked about them."""
