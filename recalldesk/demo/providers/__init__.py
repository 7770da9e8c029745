"""Made-up providers of remedies on this machine, for tests, the demo and chaos runs.

Guarantees: each is a process of its own that knows nothing of the database and imports nothing of
the product; what it does is made up, costs nothing and reaches nobody; every effect is one line of
a file, none is removed, and a restart goes on from there.
"""
