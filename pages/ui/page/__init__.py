"""What stands around every screen: frame, head, filters."""
