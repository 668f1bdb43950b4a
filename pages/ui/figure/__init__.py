"""A figure on a screen: its card, its address, and the drawer that explains it."""
