"""Tables found by their header texts."""
