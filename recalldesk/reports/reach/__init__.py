"""Reach as a picture: what became of the units of each channel, and the line of 95 %."""
