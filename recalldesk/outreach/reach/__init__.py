"""Reach: which share of the affected units somebody was told about, and of which not yet."""
