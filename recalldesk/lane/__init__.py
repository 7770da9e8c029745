"""Surface: the fast path for checks, ahead of Django."""
