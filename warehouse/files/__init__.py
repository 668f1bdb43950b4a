"""What a home holds as files: submissions, decisions, settings, jobs, logs."""
