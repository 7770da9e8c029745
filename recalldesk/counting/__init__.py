"""Counting what happens often: in the memory of a process, and from there into tables."""
