"""What a build reads, as tables of the candidate."""
