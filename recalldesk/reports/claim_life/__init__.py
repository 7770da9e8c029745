"""One claim's whole life: everything kept of it, and every row of the log about it."""
