"""The desk's figures: what was filed and decided, what waits, and the rows behind each number."""
