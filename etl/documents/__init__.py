"""Workbooks handed to the units."""
