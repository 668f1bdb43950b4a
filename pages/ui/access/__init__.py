"""The gate: who is here, what they may open, and the rows they are given."""
