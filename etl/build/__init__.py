"""From receipts to a checked and published build."""
