"""退回工作簿: rejected rows handed back to the unit that sent them, and taken in again."""
