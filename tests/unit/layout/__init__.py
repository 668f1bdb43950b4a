"""Sheets as offices lay them out."""
