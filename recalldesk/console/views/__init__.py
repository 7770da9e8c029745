"""The views of the desk: each parses, calls one action or read, and shows."""
