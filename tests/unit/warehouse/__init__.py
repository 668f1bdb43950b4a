"""The shared middle."""
