"""Columns that are new, lost, renamed or retyped."""
