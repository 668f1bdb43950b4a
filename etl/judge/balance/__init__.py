"""The accounts of a table: every cell, every sum, every stated total."""
