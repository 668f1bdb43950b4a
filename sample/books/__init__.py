"""The workbooks that tell of it, as clerks would write them, and their truth."""
