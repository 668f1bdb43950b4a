"""Cells as clerks type them."""
