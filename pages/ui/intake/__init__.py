"""数据报送: hand in, look, confirm, take back."""
