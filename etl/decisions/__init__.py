"""What people decide and declare: corrections, duplicates, older tables that count."""
