"""What scripts/docs.py is made of: the tables drawn from the code, and the checks of the texts."""
