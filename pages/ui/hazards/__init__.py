"""重大隐患: what came in and went out, where it stands, who is overdue."""
