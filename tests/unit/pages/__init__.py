"""What screens say, without a browser."""
