"""The commands of `python -m etl`, and what they say to a person."""
