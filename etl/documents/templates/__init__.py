"""空表: one blank workbook per kind of report, made from its declarations."""
