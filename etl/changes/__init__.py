"""What a load, an undo or an upgrade would change, before it does."""
