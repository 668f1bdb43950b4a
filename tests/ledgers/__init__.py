"""Real layouts of work-safety ledgers, filled and dressed as offices dress them."""
