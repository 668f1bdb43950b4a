"""Every format, read and refused."""
