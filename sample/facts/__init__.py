"""What happens in the invented place, before any workbook is written."""
