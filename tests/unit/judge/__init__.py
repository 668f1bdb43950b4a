"""Whole workbooks judged."""
