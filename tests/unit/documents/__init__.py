"""Workbooks handed to the units: blank forms, rows handed back."""
