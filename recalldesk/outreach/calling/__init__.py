"""Calls to purchasers: who is called next and when, what is said, and what came of it."""
