"""Every row of a workbook gets a verdict."""
