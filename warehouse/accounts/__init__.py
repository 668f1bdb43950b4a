"""Who may use the product: users, sessions, and the log of what they opened and took away."""
