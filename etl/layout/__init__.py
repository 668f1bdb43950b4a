"""What each row of a sheet is, and what a sheet says about itself."""
