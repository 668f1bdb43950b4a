"""What every screen is made of: blocks, markup, tables, states, Chinese chrome."""
