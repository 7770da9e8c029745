"""Django's PostgreSQL backend over the embedded server, which the first connection starts."""
