"""双下降: units compared with last year."""
