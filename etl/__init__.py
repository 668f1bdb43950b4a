"""Spreadsheets in: recognise, judge, keep, build, check, publish (`python -m etl`)."""
