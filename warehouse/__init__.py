"""The shared middle: home, versions, catalogue, models, queries. Imports none of its users."""
