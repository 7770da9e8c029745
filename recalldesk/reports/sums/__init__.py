"""Sums by day, kept beside the rows: added to by whoever writes a row, proved against the rows."""
