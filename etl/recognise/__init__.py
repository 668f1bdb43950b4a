"""Which kinds of table a sheet holds and where, told by the header texts."""
