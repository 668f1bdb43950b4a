"""What all formats share before their cells are read: container, bounds, raw cells."""
