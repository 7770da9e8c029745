"""The views: each parses, calls one action or read, and renders."""
