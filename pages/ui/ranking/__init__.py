"""晾晒排名: the rank table, its course, the trial of other points."""
