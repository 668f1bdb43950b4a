"""Builds and editions: which file is served, and how an older one is read."""
