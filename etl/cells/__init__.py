"""The text of one cell becomes a typed value or a named fault."""
