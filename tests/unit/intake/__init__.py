"""Workbooks coming in, receipts, decisions."""
