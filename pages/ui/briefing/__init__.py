"""投影汇报: the projector."""
