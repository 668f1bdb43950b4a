"""The SQL project and the database: models, dictionary, Chinese views."""
