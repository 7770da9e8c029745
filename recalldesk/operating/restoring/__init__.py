"""A backup is brought back to life, and what must follow is done."""
