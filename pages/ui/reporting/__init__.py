"""报送情况: who has sent what, who has not, the reminder."""
