"""A sheet as columns of text, its two readings held against each other."""
